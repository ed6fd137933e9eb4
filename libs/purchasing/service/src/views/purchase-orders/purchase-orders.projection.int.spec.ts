import { projectionTest, testAccount, type WrittenDown } from '@stockproof/projections/testing';
import type { BookedLine, Content, PurchaseOrderEvent } from '@stockproof/purchasing-domain';
import { readOrdersToExport, readOrdersToTakeBack, readOverdueOrders } from './orders-to-work-on.query';
import type { Queryable } from '@stockproof/sql';
import { purchaseOrdersProjection } from './purchase-orders.projection';
import { readPurchaseOrder, readPurchaseOrders } from './purchase-orders.query';

describe('the view of purchase orders', () => {
  const view = projectionTest(purchaseOrdersProjection);
  const reader = {
    readAs: async <Row extends object>(tenant: Parameters<typeof view.readAs>[1], statement: Parameters<typeof view.readAs>[0]) =>
      (await view.readAs(statement, tenant)) as readonly Row[],
  };
  const worker: Queryable = {
    query: async <Row extends object>(statement: Parameters<Queryable['query']>[0]) =>
      (await view.readAs(statement, { kind: 'account', accountId: testAccount })) as Row[],
  };
  const all = { status: null, warehouseId: null, supplier: null, number: null, exportFailed: null };
  const whole = () => readPurchaseOrder(reader, testAccount, purchaseOrderId);

  it('shows an order as it was corrected last, and what came of each line', async () => {
    await view.given([drafted, corrected, approved, booked([on('a', '1', 6)], true)]);
    expect(await whole()).toMatchObject({
      order: { number: 'PO-2', status: 'receiving', short_received: true, expected_at: at, revision: 4, warnings: [] },
      lines: [
        { lineId: '1', sku: 'TEA', quantity: 10, received: 6 },
        { lineId: '2', sku: 'CUP', quantity: 1, received: 0, serial: 'S-1' },
      ],
      receipts: [{ receiptId: 'r', line: 'a', lineId: '1', notBookedBecause: null, quantity: 6, receivedAt: at }],
    });
  });

  it('keeps what was not understood, and warns of it', async () => {
    await view.given([drafted, approved, notUnderstood, closed]);
    const found = await whole();
    expect(found?.order).toMatchObject({
      status: 'received',
      short_received: false,
      warnings: [{ code: 'unknown-sku', line: 'x' }],
      ended_reason: 'lost',
    });
    expect(found?.receipts).toMatchObject([{ line: 'x', lineId: null, notBookedBecause: 'unknown-sku', sku: 'POT' }]);
  });

  it('leaves an order that is over what it is, whatever comes after', async () => {
    await view.given([drafted, approved, closed, booked([on('a', '1', 2), on('b', '1', 1)], true)]);
    const found = await whole();
    expect([found?.order.status, found?.lines[0]?.received]).toEqual(['received', 3]);
  });

  it('shows what the warehouse knows, and what is left to tell it', async () => {
    const todo = async () => ({
      export: await readOrdersToExport(worker, testAccount, warehouseId, 10),
      takeBack: await readOrdersToTakeBack(worker, testAccount, warehouseId, 10),
    });
    const one = [purchaseOrderId];
    await view.given([drafted, approved]);
    expect(await todo()).toEqual({ export: one, takeBack: [] });
    await view.given([drafted, approved, begun]);
    expect([await todo(), (await whole())?.order]).toMatchObject([{ export: one }, { status: 'approved', export_status: 'begun' }]);
    await view.given([drafted, approved, begun, cancelledAfter]);
    expect(await todo()).toEqual({ export: one, takeBack: [] });
    await view.given([drafted, approved, begun, cancelledAfter, accepted]);
    expect(await todo()).toEqual({ export: [], takeBack: one });
    await view.given([drafted, approved, begun, accepted]);
    expect([await todo(), (await whole())?.order]).toMatchObject([
      { export: [], takeBack: [] },
      { status: 'receiving', export_status: 'accepted', exported_at: at, external_id: 'there-1' },
    ]);
    await view.given([drafted, approved, begun, accepted, cancelledAfter, answered]);
    expect([await todo(), (await whole())?.order]).toMatchObject([
      { export: [], takeBack: [] },
      { status: 'cancelled', take_back: 'refused', take_back_reason: 'too late' },
    ]);
    await view.given([drafted, approved, begun, refused]);
    expect([await todo(), (await whole())?.order]).toMatchObject([
      { export: [] },
      { status: 'approved', export_status: 'refused', export_failure: 'closed' },
    ]);
    expect(await readPurchaseOrders(reader, testAccount, { ...all, exportFailed: true }, { after: null, limit: 10 })).toHaveLength(1);
    expect(await readPurchaseOrders(reader, testAccount, { ...all, exportFailed: false }, { after: null, limit: 10 })).toHaveLength(0);
  });

  it('lists what is past its date, until something has come', async () => {
    const overdue = async () => (await readOverdueOrders(worker, at, 10)).map((row) => row.purchase_order_id);
    await view.given([withDate, approved]);
    expect(await overdue()).toEqual([purchaseOrderId]);
    expect(await readOverdueOrders(worker, '2026-01-10T11:59:59.000Z', 10)).toEqual([]);
    await view.given([withDate, approved, booked([on('a', '1', 1)], true)]);
    expect(await overdue()).toEqual([]);
  });

  it('lists by the last change', async () => {
    await view.given([drafted, ofOther(drafted), approved]);
    const rows = await readPurchaseOrders(reader, testAccount, all, { after: null, limit: 10 });
    expect(rows.map((row) => [row.purchase_order_id, row.status])).toEqual([
      [otherId, 'draft'],
      [purchaseOrderId, 'approved'],
    ]);
    expect(
      await readPurchaseOrders(
        reader,
        testAccount,
        { ...all, status: 'approved', supplier: 'ACME' },
        { after: rows[0]?.position ?? '', limit: 10 },
      ),
    ).toHaveLength(1);
  });
});

const purchaseOrderId = '00000000-0000-4000-8000-000000000001';
const otherId = '00000000-0000-4000-8000-000000000002';
const warehouseId = '00000000-0000-4000-8000-000000000003';
const at = '2026-01-10T12:00:00.000Z';
const of = { purchaseOrderId, decidedAt: at };
const written = (event: PurchaseOrderEvent): WrittenDown => ({
  ...event,
  stream: `purchasing.purchaseOrder-${testAccount}-${event.data.purchaseOrderId}`,
});
const ofOther = ({ type, data }: WrittenDown): WrittenDown =>
  written({ type, data: { ...data, purchaseOrderId: otherId } } as PurchaseOrderEvent);
const content: Content = {
  number: 'PO-1',
  supplier: { code: 'ACME', name: 'Acme' },
  warehouseId,
  expectedAt: null,
  cancelAfter: null,
  reference: null,
  lines: [{ lineId: '1', sku: 'TEA', quantity: 10, lot: null, serial: null }],
};
const drafted = written({ type: 'PurchaseOrderDrafted', data: { ...of, content } });
const corrected = written({
  type: 'PurchaseOrderCorrected',
  data: {
    ...of,
    content: {
      ...content,
      number: 'PO-2',
      expectedAt: at,
      lines: [...content.lines, { lineId: '2', sku: 'CUP', quantity: 1, lot: null, serial: 'S-1' }],
    },
  },
});
const approved = written({
  type: 'PurchaseOrderApproved',
  data: { ...of, number: 'PO-1', warehouseId, lines: [{ lineId: '1', sku: 'TEA', quantity: 10 }] },
});
const withDate = written({ type: 'PurchaseOrderDrafted', data: { ...of, content: { ...content, cancelAfter: at } } });
const begun = written({ type: 'PurchaseOrderExportBegun', data: { ...of, announcement: 1 } });
const accepted = written({ type: 'PurchaseOrderExportAccepted', data: { ...of, announcement: 1, externalId: 'there-1' } });
const refused = written({ type: 'PurchaseOrderExportRefused', data: { ...of, announcement: 1, reason: 'closed' } });
const cancelledAfter = written({ type: 'PurchaseOrderCancelled', data: { ...of, reason: 'late', open: [] } });
const answered = written({ type: 'PurchaseOrderTakeBackAnswered', data: { ...of, outcome: 'refused', reason: 'too late' } });
const on = (line: string, lineId: string, quantity: number): BookedLine => ({ line, lineId, sku: 'TEA', quantity });
const booked = (lines: readonly BookedLine[], short: boolean) =>
  written({ type: 'ReceiptBooked', data: { ...of, receiptId: 'r', warehouseId, at, lines, warnings: [], short } });
const notUnderstood = written({
  type: 'ReceiptNotUnderstood',
  data: { ...of, receiptId: 'r', at, lines: [{ line: 'x', lineId: null, sku: 'POT', quantity: 1, because: 'unknown-sku' }] },
});
const closed = written({
  type: 'PurchaseOrderReceived',
  data: { ...of, by: 'person', reason: 'lost', open: [{ lineId: '1', sku: 'TEA', quantity: 10 }] },
});
