import { newInstallation, type Installation } from './testing/installation';
import { eventually, newMerchant, placeOrder, stockUp, type Merchant } from './testing/merchant';
import { adjust, levelsWhen } from './testing/order-desk';
import { startProgram } from './testing/product-process';
import { readStreams, type StockStreams } from './testing/streams';

const [orders, units, arriving] = [5_000, 1_000, 500] as const;
/** Open at once, in each of two processes. */
const openInEach = 125;

describe('many more buyers than units', () => {
  let installation: Installation;
  let merchant: Merchant;
  let streams: StockStreams;
  let closeStreams = (): Promise<void> => Promise.resolve();
  const openStreams = async (): Promise<void> => {
    streams = await readStreams(installation.databaseUrl());
    closeStreams = streams.close;
  };

  beforeAll(async () => {
    installation = await newInstallation();
    await installation.start('all-in-one');
    merchant = await newMerchant(installation, null, { allowSplitting: false });
    await stockUp(merchant, [{ sku: 'TEA', warehouse: 'NORTH', quantity: units }]);
    await placeOrder(merchant, { orderNumber: 'KNOWN-TO-SALES', status: 'draft', lines: [{ sku: 'TEA', quantity: 1 }] });
    await openStreams();
  }, 180_000);
  afterAll(async () => {
    await closeStreams();
    await installation.remove();
  });

  it('5,000 orders for 1,000 units, the product killed in between: exactly 1,000 are granted, and every other order is told to wait', async () => {
    const buying = Promise.all([buyers(merchant, 0), buyers(merchant, orders / 2)]);
    await eventually(
      () => streams.count(merchant.accountId, 'AllocationGranted'),
      (granted) => granted >= units / 4,
      120_000,
    );
    // Embedded, the database outlives the product for a moment only: streams are read anew afterwards.
    await closeStreams();
    await installation.kill();
    await installation.start('all-in-one');
    await openStreams();

    const statuses = (await buying).flat().map(({ status }) => status);
    expect([statuses.length, ...new Set(statuses)]).toEqual([orders, 201]);
    const told = async () => [
      await streams.countInOrders(merchant.accountId, 'ShipmentCreated'),
      await streams.countInOrders(merchant.accountId, 'SalesOrderBackordered'),
    ];
    expect(await eventually(told, ([shipped = 0, waiting = 0]) => shipped + waiting >= orders, 120_000)).toEqual([units, orders - units]);
    const granted = await streams.grantedOrders(merchant.accountId);
    expect([granted.length, new Set(granted).size, await streams.allocated(merchant.accountId, 'tea')]).toEqual([units, units, units]);
    await levelsWhen(merchant, { 'TEA NORTH': `${units}/${units}/0/0`, 'TEA BOTH': `${units}/${units}/0/0` });
  }, 400_000);

  it('500 units that arrive go to the 500 oldest: order date, then arrival', async () => {
    const before = new Set(await streams.grantedOrders(merchant.accountId));
    await adjust(merchant, 'TEA', 'NORTH', arriving);
    const all = await eventually(
      () => streams.grantedOrders(merchant.accountId),
      (granted) => granted.length >= units + arriving,
      120_000,
    );
    const served = all.filter((orderId) => !before.has(orderId));
    const oldest = (await streams.ordersByAge(merchant.accountId)).filter((orderId) => !before.has(orderId)).slice(0, arriving);
    expect([...served].sort()).toEqual([...oldest].sort());
    const [both] = [units + arriving];
    await levelsWhen(merchant, { 'TEA NORTH': `${both}/${both}/0/0`, 'TEA BOTH': `${both}/${both}/0/0` });
    await eventually(
      () => streams.countInOrders(merchant.accountId, 'ShipmentCreated'),
      (shipments) => shipments === both,
    );
  }, 200_000);
});

type Bought = { readonly status: number; readonly orderId: string };

/** Half of the orders by a process of its own. */
const buyers = async (merchant: Merchant, from: number): Promise<readonly Bought[]> => {
  const words = [merchant.base, merchant.token, merchant.of('sales', '/sales-orders'), 'TEA', from, orders / 2, openInEach].map(String);
  const { output, ended } = startProgram('buyers', {}, words);
  await ended;
  return JSON.parse(output()) as readonly Bought[];
};
