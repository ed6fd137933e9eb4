import { twoInstances, type Instances } from './testing/instances';
import { newMerchant, type Merchant } from './testing/merchant';
import { openShop } from './testing/order-desk';
import { untilErrandsAreTaken } from './testing/told-to-stop/effects';
import { countsOf, wrongIn, type Told } from './testing/told-to-stop/judging';
import { allInTheMidst, underLoad, withEffects, type Phase } from './testing/told-to-stop/load';

const lanes = 12;
const stocked = 100_000;

/** `npm run proof:told-to-stop` does the same with each service in processes of its own. */
describe('the product told to stop (SIGTERM) under load', () => {
  let instances: Instances;
  let merchant: Merchant;

  beforeAll(async () => {
    instances = await twoInstances();
    for (const { start } of instances.each) await start();
    merchant = await newMerchant({ base: instances.each[0].base, adminPassword: instances.adminPassword }, null);
    await openShop(merchant, [{ sku: 'TEA', warehouse: 'NORTH', quantity: stocked }]);
    await untilErrandsAreTaken(merchant);
  }, 180_000);
  afterAll(() => instances.remove());

  const expectHeld = async (phase: Phase): Promise<void> => {
    const seen = await withEffects(phase, instances.databaseUrl);
    process.stdout.write(`${countsOf([seen])}\n`);
    expect(wrongIn(seen)).toEqual([]);
  };

  it('one after the other, both started again: whoever retries refused connections only sees no failed request, and nothing is done twice', async () => {
    const bases = () => instances.each.map(({ base }) => base);
    const rolled = await underLoad({ merchant, bases, lanes }, { name: 'ROLLED', served: true }, async (clients) => {
      const told: Told[] = [];
      for (const instance of instances.each) {
        await allInTheMidst(clients);
        told.push(await instance.tellToStop('one of two'));
        await allInTheMidst(clients);
        await instance.start();
      }
      await allInTheMidst(clients);
      return told;
    });
    await expectHeld(rolled);
  }, 240_000);

  it('the only one: every request that it accepted is answered, all later ones are refused', async () => {
    const [last, other] = instances.each;
    await other.end('SIGTERM');
    const bases = () => [last.base];
    const stopped = await underLoad({ merchant, bases, lanes }, { name: 'LAST', served: false }, async (clients) => {
      await allInTheMidst(clients);
      return [await last.tellToStop('the only one')];
    });
    await other.start();
    await expectHeld(stopped);
  }, 240_000);
});
