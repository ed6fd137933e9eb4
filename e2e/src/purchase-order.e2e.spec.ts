import { succeed } from './testing/http-client';
import { newInstallation, type Installation } from './testing/installation';
import { eventually, newMerchant, placeOrder, type Merchant } from './testing/merchant';
import { levelsWhen, movementsOf, openShop, orderWhen } from './testing/order-desk';

describe('a purchase order', () => {
  let installation: Installation;
  let merchant: Merchant;

  beforeAll(async () => {
    installation = await newInstallation();
    await installation.start('all-in-one');
    merchant = await newMerchant(installation, null);
    await openShop(merchant, [{ sku: 'TEA', warehouse: 'NORTH', quantity: 1 }]);
  }, 180_000);
  afterAll(() => installation.remove());

  it('is incoming once approved; what comes serves those who wait, the oldest first, and the same receipt twice changes nothing', async () => {
    const younger = await placeWaiting(merchant, 'YOUNGER', 3, '2026-02-01T00:00:00.000Z');
    const older = await placeWaiting(merchant, 'OLDER', 5, '2026-01-01T00:00:00.000Z');
    const order = {
      draft: true,
      number: 'PO-1',
      supplier: { code: 'ACME', name: 'Acme' },
      warehouseId: merchant.warehouses.NORTH,
      lines: [{ sku: 'TEA', quantity: 10 }],
    };
    const { body } = await succeed(
      eventually(
        () => merchant.post('purchasing', '/purchase-orders', order),
        ({ status }) => status === 201,
      ),
    );
    const purchaseOrderId = String(body['purchaseOrderId']);
    expect([body['status'], await incoming(merchant)]).toEqual(['draft', 0]);
    const tell = (step: string, said: object = {}) => merchant.post('purchasing', `/purchase-orders/${purchaseOrderId}/${step}`, said);
    const receive = (receiptId: string, quantity: number) => tell('receipts', { receiptId, lines: [{ sku: 'TEA', quantity }] });

    expect((await tell('approve')).body['status']).toBe('approved');
    expect(
      await eventually(
        () => incoming(merchant),
        (count) => count > 0,
      ),
    ).toBe(10);
    await levelsWhen(merchant, { 'TEA NORTH': '1/0/0/1', 'TEA BOTH': '1/0/0/1' });

    expect((await receive('GR-1', 4)).body).toMatchObject({ status: 'receiving', warnings: [] });
    await orderWhen(merchant, older, (each) => each.status === 'fulfilling');
    await levelsWhen(merchant, { 'TEA NORTH': '5/5/0/0' });
    expect(await incoming(merchant)).toBe(6);
    expect((await orderWhen(merchant, younger, () => true)).backordered).toBe(true);

    const movements = await movementsOf(merchant, 'TEA');
    expect([(await receive('GR-1', 4)).status, (await receive('GR-1', 4)).body['events']]).toEqual([201, []]);
    expect((await receive('GR-2', 6)).body).toMatchObject({ status: 'received', warnings: [] });
    await orderWhen(merchant, younger, (each) => each.status === 'fulfilling');
    await levelsWhen(merchant, { 'TEA NORTH': '11/8/0/3', 'TEA BOTH': '11/8/0/3' });
    expect(await incoming(merchant)).toBe(0);
    const since = (await movementsOf(merchant, 'TEA'))
      .slice(movements.length)
      .map(({ cause, total, incoming: expected, allocated }) => [cause, total, expected, allocated]);
    expect(since.filter(([, ...figures]) => figures.some((figure) => figure !== 0))).toEqual([
      ['GoodsReceived', 6, -6, 0],
      ['UnitsGranted', 0, 0, 3],
    ]);
    const read = await eventually(
      () => merchant.get('purchasing', `/purchase-orders/${purchaseOrderId}`),
      (answer) => answer.body['status'] === 'received',
    );
    expect(read.body['lines']).toMatchObject([{ sku: 'TEA', quantity: 10, received: 10 }]);
  }, 60_000);
});

const placeWaiting = async (merchant: Merchant, orderNumber: string, quantity: number, orderDate: string): Promise<string> => {
  const orderId = await placeOrder(merchant, { orderNumber, orderDate, lines: [{ sku: 'TEA', quantity }] });
  await orderWhen(merchant, orderId, (order) => order.backordered);
  return orderId;
};

/** Units of TEA that are expected, in the warehouse and the virtual one over it alike. */
const incoming = async (merchant: Merchant): Promise<number> => {
  const { body } = await succeed(merchant.get('stock', '/levels?sku=TEA'));
  const figures = new Set((body['items'] as readonly { readonly incoming: number }[]).map((level) => level.incoming));
  expect(figures.size).toBe(1);
  return [...figures][0] ?? 0;
};
