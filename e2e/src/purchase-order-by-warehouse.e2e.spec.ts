import { succeed } from './testing/http-client';
import { newInstallation, type Installation } from './testing/installation';
import { eventually, newMerchant, placeOrder, type Merchant } from './testing/merchant';
import { levelsWhen, openShop, orderWhen } from './testing/order-desk';
import { startSimulator, type Simulator } from './testing/simulator';
import { putBehind, type WarehouseSystem } from './testing/warehouse-system';

describe('a purchase order that a warehouse system receives', () => {
  let installation: Installation;
  let simulator: Simulator;
  let merchant: Merchant;
  let warehouse: WarehouseSystem;

  beforeAll(async () => {
    simulator = await startSimulator();
    installation = await newInstallation({ STOCKPROOF_OUTBOUND_ALLOW: new URL(simulator.url).host });
    await installation.start('all-in-one');
    merchant = await newMerchant(installation, simulator);
    warehouse = await putBehind(merchant, simulator, 'NORTH');
    await openShop(merchant, [{ sku: 'TEA', warehouse: 'NORTH', quantity: 1 }]);
  }, 180_000);
  afterAll(async () => {
    await installation.remove();
    await simulator.stop();
  });

  const read = async (purchaseOrderId: string) => (await merchant.get('purchasing', `/purchase-orders/${purchaseOrderId}`)).body;
  const readWhen = (purchaseOrderId: string, wanted: (order: Record<string, unknown>) => boolean) =>
    eventually(() => read(purchaseOrderId), wanted, 30_000);
  const exportOf = (order: Record<string, unknown>) => order['export'] as Record<string, unknown>;

  it('is announced, arrives in two receipts with a crash in between, and serves those who wait, the oldest first', async () => {
    const younger = await placeWaiting(merchant, 'YOUNGER-WAIT', 3, '2026-02-01T00:00:00.000Z');
    const older = await placeWaiting(merchant, 'OLDER-WAIT', 5, '2026-01-01T00:00:00.000Z');
    const id = await order(merchant, 'PO-1-WAIT', 10);
    await approve(merchant, id);
    const exported = await readWhen(id, ({ status }) => status === 'receiving');
    expect(exportOf(exported)).toMatchObject({ status: 'accepted', externalId: `${warehouse.code}-in-1`, failure: null });
    expect((await merchant.post('purchasing', `/purchase-orders/${id}/unlock`, {})).status).toBe(409);

    await warehouse.byHand('POST', `/purchase-orders/${id}/receive`, { quantities: { 1: 4 }, final: false });
    await orderWhen(merchant, older, ({ status }) => status === 'fulfilling');
    expect((await orderWhen(merchant, younger, () => true)).backordered).toBe(true);
    await installation.kill();
    await warehouse.byHand('POST', `/purchase-orders/${id}/receive`, { quantities: { 1: 6 }, final: true });
    await installation.start('all-in-one');
    await orderWhen(merchant, younger, ({ status }) => status === 'fulfilling');
    await levelsWhen(merchant, { 'TEA NORTH': '11/8/0/3' });
    const ended = await readWhen(id, ({ status }) => status === 'received');
    expect([ended['lines'], (ended['receipts'] as readonly object[]).length, ended['warnings']]).toEqual([
      [expect.objectContaining({ sku: 'TEA', quantity: 10, received: 10 })],
      2,
      [],
    ]);
  }, 180_000);

  it('shows that the warehouse refused it, and is unlocked then', async () => {
    const id = await order(merchant, 'PO-2-REFUSE', 1);
    await approve(merchant, id);
    const refused = await readWhen(id, ({ exportFailed }) => exportFailed === true);
    expect([refused['status'], exportOf(refused)['failure']]).toEqual(['approved', expect.stringContaining('refuse')]);
    expect((await merchant.post('purchasing', `/purchase-orders/${id}/unlock`, {})).body['status']).toBe('draft');
  }, 60_000);

  it('is called off there when it is cancelled here', async () => {
    const id = await order(merchant, 'PO-3-WAIT', 1);
    await approve(merchant, id);
    await readWhen(id, ({ status }) => status === 'receiving');
    await succeed(merchant.post('purchasing', `/purchase-orders/${id}/cancel`, { reason: 'no longer needed' }));
    expect(exportOf(await readWhen(id, (each) => exportOf(each)['takeBack'] === 'cancelled'))).toMatchObject({ status: 'accepted' });
  }, 60_000);

  it('is found by a person, where goods came that nobody announced', async () => {
    const id = await order(merchant, 'PO-4-WAIT', 2);
    await approve(merchant, id);
    await warehouse.byHand('POST', '/receipts', { purchaseOrderNumber: 'NOBODY-KNOWS', lines: [{ sku: 'TEA', quantity: 2 }] });
    const { body } = await eventually(
      () => merchant.get('purchasing', '/unexplained-receipts?status=open'),
      (answer) => (answer.body['items'] as readonly unknown[]).length === 1,
      30_000,
    );
    const [receipt] = body['items'] as readonly { readonly unexplainedReceiptId: string; readonly lines: readonly object[] }[];
    expect(receipt?.lines).toMatchObject([{ sku: 'TEA', quantity: 2, because: 'unknown-order' }]);
    const path = `/unexplained-receipts/${receipt?.unexplainedReceiptId}`;
    expect((await succeed(merchant.post('purchasing', `${path}/assign`, { purchaseOrderId: id }))).body['events']).toEqual([
      'UnexplainedReceiptAssigned',
      'ReceiptBooked',
      'PurchaseOrderReceived',
    ]);
    expect((await merchant.post('purchasing', `${path}/dismiss`, { reason: 'too late' })).body['code']).toBe('receipt-already-explained');
    await levelsWhen(merchant, { 'TEA NORTH': '13/8/0/5' });
  }, 60_000);
});

const placeWaiting = async (merchant: Merchant, orderNumber: string, quantity: number, orderDate: string): Promise<string> => {
  const orderId = await placeOrder(merchant, { orderNumber, orderDate, lines: [{ sku: 'TEA', quantity }] });
  await orderWhen(merchant, orderId, ({ backordered }) => backordered);
  return orderId;
};

const order = async (merchant: Merchant, number: string, quantity: number): Promise<string> => {
  const content = {
    ...{ draft: true, number, supplier: { code: 'ACME', name: 'Acme' }, warehouseId: merchant.warehouses.NORTH },
    lines: [{ sku: 'TEA', quantity }],
  };
  const created = await eventually(
    () => merchant.post('purchasing', '/purchase-orders', content),
    ({ status }) => status === 201,
  );
  return String(created.body['purchaseOrderId']);
};

const approve = (merchant: Merchant, purchaseOrderId: string) =>
  succeed(merchant.post('purchasing', `/purchase-orders/${purchaseOrderId}/approve`, {}));
