import type { RecordedEvent } from '@stockproof/event-store';
import type { BookedLine, PurchaseOrderEvent } from '@stockproof/purchasing-domain';
import { purchasingPublication } from './purchasing.publication';

describe("purchasing's facts", () => {
  it('add up what several lines of a receipt brought to one line of the order', () =>
    expect(dataOf(booked('r', [on('a', '1', 2), on('b', '1', 3), on('b', '2', 1)]))).toMatchObject({
      receivedAt: at,
      lines: [
        { lineId: '1', quantity: 5 },
        { lineId: '2', quantity: 1 },
      ],
    }));

  it('give the parts of a receipt ids of their own, or stock would take the second for the first again', () => {
    const ids = [
      booked('r', [on('a', '1', 2)]),
      booked('r', [on('b', '1', 2)]),
      booked('s', [on('a', '1', 2)]),
      booked(null, [on('a', '1', 2)]),
    ].map((event) => dataOf(event)?.['receiptId']);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('give the same part the same id, whichever event tells of it', () => {
    const [first, again] = [recorded(booked('r', [on('a', '1', 2)]), 'e1'), recorded(booked('r', [on('a', '1', 2)]), 'e2')];
    expect(purchasingPublication.facts(again)).toEqual(purchasingPublication.facts(first));
  });

  it('say nothing of an end that left nothing open', () => {
    expect(dataOf({ type: 'PurchaseOrderReceived', data: { ...of, by: 'receipts', reason: null, open: [] } })).toBeUndefined();
    expect(dataOf({ type: 'PurchaseOrderUnlocked', data: { ...of, open: [{ lineId: '1', sku: 'TEA', quantity: 2 }] } })).toEqual({
      purchaseOrderId: 'p',
      lines: [{ lineId: '1', sku: 'TEA' }],
    });
  });
});

const at = '2026-01-10T12:00:00.000Z';
const of = { purchaseOrderId: 'p', decidedAt: at };
const on = (line: string, lineId: string, quantity: number): BookedLine => ({ line, lineId, sku: 'TEA', quantity });
const booked = (receiptId: string | null, lines: readonly BookedLine[]): PurchaseOrderEvent => ({
  type: 'ReceiptBooked',
  data: { ...of, receiptId, warehouseId: 'w', at, lines, warnings: [], short: true },
});
const recorded = ({ type, data }: PurchaseOrderEvent, id = 'e1'): RecordedEvent => ({
  ...{ id, type, data, stream: 'purchasing.purchaseOrder-a-p', revision: 1, position: '1', recordedAt: at },
  meta: {
    commandId: 'c',
    correlationId: 'c',
    causationId: 'c',
    actor: 'service:test',
    organizationId: 'o',
    accountId: 'a',
    effectiveAt: null,
    schemaVersion: 1,
  },
});
const dataOf = (event: PurchaseOrderEvent) => purchasingPublication.facts(recorded(event))[0]?.data;
