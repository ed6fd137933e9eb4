import { newInstallation, type Installation } from './testing/installation';
import { newMerchant, placeOrder, type Merchant } from './testing/merchant';
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

  it('what is gone reduces total and nothing else; no more goes than is there, and nothing of a virtual warehouse', async () => {
    expect(await write('/adjustments', { by: -2, reason: 'lost' })).toEqual([201, ['StockAdjusted']]);
    await levelsWhen(merchant, { 'TEA NORTH': '8/0/0/7' });
    expect(await write('/adjustments', { by: -9, reason: 'lost' })).toEqual([422, 'below-zero']);
    for (const path of ['/adjustments', '/set-asides'])
      expect(await write(path, { by: 1, reason: 'damaged', warehouseId: merchant.warehouses.BOTH })).toEqual([
        422,
        'not-a-physical-warehouse',
      ]);
    await levelsWhen(merchant, { 'TEA NORTH': '8/0/0/7' });
  }, 60_000);

  it('a decrease that uncovers promises is taken, and says whose they are', async () => {
    const order = { orderNumber: 'COVERED-NO-MORE', warehouseId: merchant.warehouses.NORTH, lines: [{ sku: 'TEA', quantity: 6 }] };
    const orderId = await placeOrder(merchant, order);
    await orderWhen(merchant, orderId, ({ status }) => status === 'fulfilling');
    expect(await write('/adjustments', { by: -4, reason: 'damaged' })).toEqual([201, ['StockAdjusted', 'StockShortfallFound']]);
    await levelsWhen(merchant, { 'TEA NORTH': '4/6/0/-3' });
  }, 60_000);
});
