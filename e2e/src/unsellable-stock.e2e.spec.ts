import { succeed } from './testing/http-client';
import { newInstallation, type Installation } from './testing/installation';
import { eventually, newMerchant, placeOrder, type Merchant } from './testing/merchant';
import { levelsWhen, movementsOf, openShop, orderWhen } from './testing/order-desk';

describe('goods that are kept aside, and goods that are gone', () => {
  let installation: Installation;
  let merchant: Merchant;

  beforeAll(async () => {
    installation = await newInstallation();
    await installation.start('all-in-one');
    merchant = await newMerchant(installation, null);
    await openShop(merchant, [{ sku: 'TEA', warehouse: 'NORTH', quantity: 10 }]);
  }, 180_000);
  afterAll(() => installation.remove());

  const write = async (path: string, body: object): Promise<readonly [number, unknown]> => {
    const { status, body: answer } = await merchant.post('stock', path, { sku: 'TEA', warehouseId: merchant.warehouses.NORTH, ...body });
    return [status, answer['events'] ?? answer['code']];
  };

  it('what is kept aside stays in total and off sale, with its reason, and is put back', async () => {
    for (const reason of ['damaged', 'quality-control', 'expired'])
      expect(await write('/set-asides', { by: 1, reason })).toEqual([201, ['StockSetAside']]);
    await levelsWhen(merchant, { 'TEA NORTH': '10/0/0/7', 'TEA BOTH': '10/0/0/7' });
    expect(await write('/set-asides', { by: -2, reason: 'quality-control' })).toEqual([201, ['StockSetAside']]);
    await levelsWhen(merchant, { 'TEA NORTH': '10/0/0/9' });
    expect(await write('/set-asides', { by: -2, reason: 'damaged' })).toEqual([422, 'unsellable-out-of-range']);
    expect(await write('/set-asides', { by: 10, reason: 'damaged' })).toEqual([422, 'unsellable-out-of-range']);
    expect(await write('/set-asides', { by: 1, reason: 'lost' })).toEqual([400, 'validation-failed']);
    const aside = (await movementsOf(merchant, 'TEA')).filter(({ cause }) => cause === 'StockSetAside');
    expect(aside.map(({ total }) => total)).toEqual([0, 0, 0, 0]);
  }, 60_000);

  it('what is gone reduces total and nothing else, and says why; no more goes than is there, and nothing of a virtual warehouse', async () => {
    for (const reason of ['damaged', 'expired', 'lost', 'counted'])
      expect(await write('/adjustments', { by: -1, reason })).toEqual([201, ['StockAdjusted']]);
    expect(await write('/adjustments', { by: 1, reason: 'found' })).toEqual([201, ['StockAdjusted']]);
    expect(await write('/adjustments', { by: 1, reason: 'other' })).toEqual([400, 'validation-failed']);
    expect(await write('/adjustments', { by: 1, reason: 'other', note: 'lay behind the shelf' })).toEqual([201, ['StockAdjusted']]);
    await levelsWhen(merchant, { 'TEA NORTH': '8/0/0/7' });
    expect(await write('/adjustments', { by: -9, reason: 'lost' })).toEqual([422, 'below-zero']);
    for (const path of ['/adjustments', '/set-asides'])
      expect(await write(path, { by: 1, reason: 'damaged', warehouseId: merchant.warehouses.BOTH })).toEqual([
        422,
        'not-a-physical-warehouse',
      ]);
    await levelsWhen(merchant, { 'TEA NORTH': '8/0/0/7' });
  }, 60_000);

  it('a decrease that uncovers promises is taken and says whose they are, until they are covered again', async () => {
    const order = { orderNumber: 'COVERED-NO-MORE', warehouseId: merchant.warehouses.NORTH, lines: [{ sku: 'TEA', quantity: 6 }] };
    const orderId = await placeOrder(merchant, order);
    await orderWhen(merchant, orderId, ({ status }) => status === 'fulfilling');
    expect(await write('/adjustments', { by: -4, reason: 'damaged' })).toEqual([201, ['StockAdjusted', 'StockShortfallFound']]);
    await levelsWhen(merchant, { 'TEA NORTH': '4/6/0/-3' });
    const shortfall = {
      ...{ sku: 'TEA', warehouseId: merchant.warehouses.NORTH, missing: 3, unlisted: 0 },
      uncovered: [expect.objectContaining({ orderId, quantity: 3 })],
    };
    expect(await listed(merchant, '/shortfalls?open=true')).toEqual([expect.objectContaining({ ...shortfall, missingNow: 3 })]);
    expect(await listed(merchant, '/shortfalls?open=false')).toEqual([]);

    expect(await write('/adjustments', { by: 5, reason: 'found' })).toEqual([201, ['StockAdjusted']]);
    await levelsWhen(merchant, { 'TEA NORTH': '9/6/0/2' });
    expect(await listed(merchant, '/shortfalls?open=true')).toEqual([]);
    expect(await listed(merchant, '/shortfalls?open=false&sku=tea')).toEqual([expect.objectContaining({ ...shortfall, missingNow: 0 })]);
  }, 60_000);

  it('what a report says beyond all that is known is listed, until something that happened before it explains it', async () => {
    const { NORTH, SOUTH } = merchant.warehouses;
    const lost = new Date().toISOString();
    const takenAt = new Date(Date.parse(lost) + 1).toISOString();
    const { body } = await succeed(
      merchant.post('stock', '/level-reports', { warehouseId: NORTH, takenAt, rows: [{ sku: 'TEA', quantity: 7 }] }),
    );
    await levelsWhen(merchant, { 'TEA NORTH': '7/6/0/0' });
    const found = { sku: 'TEA', warehouseId: NORTH, reportId: body['reportId'], takenAt, residual: -2 };
    expect(await listed(merchant, '/discrepancies?open=true')).toEqual([expect.objectContaining({ ...found, open: -2 })]);
    expect(await listed(merchant, `/discrepancies?warehouseId=${SOUTH}`)).toEqual([]);

    expect(await write('/adjustments', { by: -2, reason: 'lost', happenedAt: lost })).toEqual([201, ['StockAdjusted']]);
    await eventually(
      () => listed(merchant, '/discrepancies?open=true'),
      (open) => open.length === 0,
    );
    expect(await listed(merchant, '/discrepancies?sku=tea')).toEqual([expect.objectContaining({ ...found, open: 0 })]);
    await levelsWhen(merchant, { 'TEA NORTH': '7/6/0/0' });
  }, 60_000);
});

const listed = async (merchant: Merchant, path: string): Promise<readonly unknown[]> =>
  (await succeed(merchant.get('stock', path))).body['items'] as readonly unknown[];
