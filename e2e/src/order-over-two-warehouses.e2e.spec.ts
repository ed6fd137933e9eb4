import { newInstallation, type App, type Installation } from './testing/installation';
import { tellOrderStory } from './testing/order-story';
import { startSimulator, type Simulator } from './testing/simulator';

describe.each<App>(['all-in-one', 'services-launcher'])('one order over two warehouses, by %s', (app) => {
  let installation: Installation;
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator();
    installation = await newInstallation({ STOCKPROOF_OUTBOUND_ALLOW: new URL(simulator.url).host });
    await installation.start(app);
  }, 180_000);
  afterAll(async () => {
    await installation.remove();
    await simulator.stop();
  });

  it('is allocated, shipped in two steps, and right in every view', async () => {
    await tellOrderStory(installation, simulator, () => Promise.resolve());
  }, 180_000);
});
