import { newInstallation, type Installation } from './testing/installation';
import { newMerchant, placeOrder, type Merchant } from './testing/merchant';
import { levelsWhen, movementsOf, openShop, orderWhen } from './testing/order-desk';
import { untilTrue } from './testing/product-process';

describe('a report of levels', () => {
  let installation: Installation;
  let merchant: Merchant;

  beforeAll(async () => {
    installation = await newInstallation();
    await installation.start('all-in-one');
    merchant = await newMerchant(installation, null);
    await openShop(merchant, [
      { sku: 'TEA', warehouse: 'NORTH', quantity: 10 },
      { sku: 'TEA', warehouse: 'SOUTH', quantity: 100 },
      { sku: 'CUP', warehouse: 'NORTH', quantity: 4 },
      { sku: 'POT', warehouse: 'NORTH', quantity: 6 },
      { sku: 'LID', warehouse: 'NORTH', quantity: 6 },
    ]);
  }, 180_000);
  afterAll(() => installation.remove());

  it('counted before goods left adds what has left since; goods that left before it change no total when they are heard of', async () => {
    const counted = await aMomentLater();
    const [shipped, told] = [await shipmentOf(merchant, 'SHIPPED-AFTER', 'TEA', 3), await shipmentOf(merchant, 'TOLD-LATE', 'TEA', 2)];
    await levelsWhen(merchant, { 'TEA NORTH': '10/5/0/5', 'TEA BOTH': '110/5/0/105' });
    await ship(merchant, shipped, 3, await aMomentLater());
    await levelsWhen(merchant, { 'TEA NORTH': '7/2/0/5' });

    // Twelve were there, three of them have left since: nine, and two that nobody knew of.
    expect(await report(merchant, counted, { TEA: 12 })).toEqual([200, { TEA: 'applied' }]);
    await levelsWhen(merchant, { 'TEA NORTH': '9/2/0/7', 'TEA SOUTH': '100/0/0/100', 'TEA BOTH': '109/2/0/107' });

    const left = await aMomentLater();
    expect(await report(merchant, await aMomentLater(), { TEA: 7 })).toEqual([200, { TEA: 'applied' }]);
    await levelsWhen(merchant, { 'TEA NORTH': '7/2/0/5' });
    await ship(merchant, told, 2, left);
    await levelsWhen(merchant, { 'TEA NORTH': '7/0/0/7', 'TEA SOUTH': '100/0/0/100', 'TEA BOTH': '107/0/0/107' });
    expect((await movementsOf(merchant, 'TEA')).filter(({ cause }) => cause === 'StockLevelReported').map(({ total }) => total)).toEqual([
      2, -2,
    ]);
  }, 60_000);

  it('is taken or refused row by row, too late or too soon as a whole, and the same one again, or another under its id, changes nothing', async () => {
    const [early, late] = [await aMomentLater(), await aMomentLater()];
    expect(await report(merchant, late, { CUP: 5 })).toEqual([200, { CUP: 'applied' }]);
    expect(await report(merchant, early, { CUP: 9, POT: 8 }, 'ROW-BY-ROW')).toEqual([200, { CUP: 'report-outdated', POT: 'applied' }]);
    const figures = { 'CUP NORTH': '5/0/0/5', 'POT NORTH': '8/0/0/8', 'POT BOTH': '8/0/0/8' };
    await levelsWhen(merchant, figures);
    const before = await ledger(merchant);
    expect(await report(merchant, early, { CUP: 9, POT: 8 }, 'ROW-BY-ROW')).toEqual([200, { CUP: 'report-outdated', POT: 'applied' }]);
    expect(await report(merchant, early, { CUP: 9, POT: 80, LID: 7 }, 'ROW-BY-ROW')).toEqual([409, 'report-id-reused']);
    expect(await report(merchant, early, { LID: 6 })).toEqual([200, { LID: 'unchanged' }]);
    const week = 7 * 24 * 3_600_000;
    expect(await report(merchant, new Date(Date.now() - week - 60_000).toISOString(), { CUP: 1, POT: 1 })).toEqual([422, 'report-too-old']);
    expect(await report(merchant, new Date(Date.now() + 3_600_000).toISOString(), { CUP: 1, POT: 1 })).toEqual([422, 'from-the-future']);
    await levelsWhen(merchant, figures);
    expect(await ledger(merchant)).toEqual(before);
  }, 60_000);

  it('of a virtual warehouse is refused: its figures follow its members', async () => {
    const body = { warehouseId: merchant.warehouses.BOTH, takenAt: new Date().toISOString(), rows: [{ sku: 'TEA', quantity: 1 }] };
    const refused = await merchant.post('stock', '/level-reports', body);
    expect([refused.status, refused.body['code']]).toEqual([422, 'not-a-physical-warehouse']);
    await levelsWhen(merchant, { 'TEA BOTH': '107/0/0/107' });
  }, 60_000);
});

/** A moment behind all that has happened so far: flows and reports are told apart by their milliseconds. */
const aMomentLater = async (): Promise<string> => {
  const asked = Date.now();
  await untilTrue(
    () => Date.now() > asked + 1,
    1_000,
    () => 'the clock stands still',
  );
  const moment = new Date(asked + 1).toISOString();
  await untilTrue(
    () => Date.now() > asked + 2,
    1_000,
    () => 'the clock stands still',
  );
  return moment;
};

/** What the warehouse NORTH counted at a moment; answers the outcome of each row, or why it or the whole was refused. */
const report = async (
  merchant: Merchant,
  takenAt: string,
  counted: Readonly<Record<string, number>>,
  reportId?: string,
): Promise<readonly [number, Readonly<Record<string, string>> | string]> => {
  const rows = Object.entries(counted).map(([sku, quantity]) => ({ sku, quantity }));
  const body = { warehouseId: merchant.warehouses.NORTH, takenAt, rows, ...(reportId === undefined ? {} : { reportId }) };
  const answer = await merchant.post('stock', '/level-reports', body);
  if (answer.status !== 200) return [answer.status, String(answer.body['code'])];
  const outcomes = (answer.body['rows'] ?? []) as readonly {
    readonly sku: string;
    readonly outcome: string;
    readonly code: string | null;
  }[];
  return [answer.status, Object.fromEntries(outcomes.map(({ sku, outcome, code }) => [sku, code ?? outcome]))];
};

/** An order that goes out from NORTH in one shipment. */
const shipmentOf = async (merchant: Merchant, orderNumber: string, sku: string, quantity: number): Promise<string> => {
  const orderId = await placeOrder(merchant, { orderNumber, warehouseId: merchant.warehouses.NORTH, lines: [{ sku, quantity }] });
  const { shipments } = await orderWhen(merchant, orderId, (order) => order.status === 'fulfilling');
  return shipments[0]?.shipmentId ?? '';
};

const ship = async (merchant: Merchant, shipmentId: string, shipped: number, happenedAt: string): Promise<void> => {
  const answer = await merchant.post('sales', `/shipments/${shipmentId}/updates`, { lines: [{ lineNumber: 1, shipped }], happenedAt });
  expect([answer.status, answer.body['events']]).toEqual([200, ['ShipmentUnitsLeft']]);
};

/** Every movement so far of the SKUs that are reported row by row. */
const ledger = async (merchant: Merchant): Promise<readonly unknown[]> =>
  (await Promise.all(['CUP', 'POT', 'LID'].map((sku) => movementsOf(merchant, sku)))).flat();
