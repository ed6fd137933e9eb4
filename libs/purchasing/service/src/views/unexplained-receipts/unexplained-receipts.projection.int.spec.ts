import { projectionTest, testAccount, type WrittenDown } from '@stockproof/projections/testing';
import type { UnexplainedLine, UnexplainedReceiptEvent } from '@stockproof/purchasing-domain';
import { unexplainedReceiptsProjection } from './unexplained-receipts.projection';
import { readUnexplainedReceipts } from './unexplained-receipts.query';

describe('the view of unexplained receipts', () => {
  const view = projectionTest(unexplainedReceiptsProjection);
  const reader = {
    readAs: async <Row extends object>(tenant: Parameters<typeof view.readAs>[1], statement: Parameters<typeof view.readAs>[0]) =>
      (await view.readAs(statement, tenant)) as readonly Row[],
  };
  const listed = async (status: string | null) =>
    readUnexplainedReceipts(reader, testAccount, { status, warehouseId }, { after: null, limit: 10 });

  it('shows what waits, with all that the warehouse said of it', async () => {
    await view.given([kept(['1']), kept(['2'])]);
    expect(await listed('open')).toMatchObject([{ external_receipt_id: 'R-1', lines: [{ line: '1' }, { line: '2' }], status: 'open' }]);
    expect(await listed('booked')).toEqual([]);
  });

  it('shows where it went', async () => {
    await view.given([kept(['1']), assigned]);
    expect(await listed('assigned')).toMatchObject([{ assigned_to: purchaseOrderId }]);
    await view.given([kept(['1']), assigned, booked]);
    expect(await listed(null)).toMatchObject([{ status: 'booked' }]);
  });

  it('goes on waiting for what came while the first part was booked', async () => {
    await view.given([kept(['1']), assigned, kept(['2']), booked]);
    expect(await listed(null)).toMatchObject([{ status: 'open' }]);
  });

  it('keeps why it was dismissed', async () => {
    await view.given([kept(['1']), dismissed]);
    expect(await listed('dismissed')).toMatchObject([{ reason: 'a gift' }]);
  });
});

const unexplainedReceiptId = '00000000-0000-4000-8000-000000000001';
const purchaseOrderId = '00000000-0000-4000-8000-000000000002';
const warehouseId = '00000000-0000-4000-8000-000000000003';
const at = '2026-01-10T12:00:00.000Z';
const of = { unexplainedReceiptId, decidedAt: at };
const written = (event: UnexplainedReceiptEvent): WrittenDown => ({
  ...event,
  stream: `purchasing.unexplainedReceipt-${testAccount}-${unexplainedReceiptId}`,
});
const line = (name: string): UnexplainedLine => ({
  line: name,
  sku: 'TEA',
  quantity: 3,
  lot: null,
  serial: null,
  because: 'unknown-order',
});
const kept = (names: readonly string[]) =>
  written({
    type: 'UnexplainedReceiptKept',
    data: {
      ...of,
      warehouseId,
      receiptId: 'c/R-1',
      externalReceiptId: 'R-1',
      purchaseOrderId: null,
      purchaseOrderNumber: 'PO-9',
      receivedAt: at,
      lines: names.map(line),
      unreadable: null,
    },
  });
const assigned = written({
  type: 'UnexplainedReceiptAssigned',
  data: { ...of, purchaseOrderId, receiptId: 'c/R-1', receivedAt: at, lines: [{ line: '1', lineId: null, sku: 'TEA', quantity: 3 }] },
});
const booked = written({ type: 'AssignedReceiptBooked', data: { ...of, purchaseOrderId } });
const dismissed = written({ type: 'UnexplainedReceiptDismissed', data: { ...of, reason: 'a gift' } });
