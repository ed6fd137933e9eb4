import { newInstallation, type Installation } from './testing/installation';
import { tellOrderStory, type Moment } from './testing/order-story';
import { startSimulator, type Simulator } from './testing/simulator';

describe('the product killed (-9) at every stage of an order', () => {
  let installation: Installation;
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator();
    installation = await newInstallation({ STOCKPROOF_OUTBOUND_ALLOW: new URL(simulator.url).host });
    await installation.start('all-in-one');
  }, 180_000);
  afterAll(async () => {
    await installation.remove();
    await simulator.stop();
  });

  it('starts again with all data, and the order ends as if nothing had happened', async () => {
    const killedAt: Moment[] = [];
    await tellOrderStory(installation, simulator, async (moment) => {
      await installation.kill();
      await installation.start('all-in-one');
      killedAt.push(moment);
    });
    expect(killedAt).toEqual(['order taken', 'allocated', 'half shipped']);
  }, 300_000);
});
