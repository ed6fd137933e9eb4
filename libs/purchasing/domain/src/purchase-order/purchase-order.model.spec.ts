import { stateFrom } from '@stockproof/decider';
import fc from 'fast-check';
import type { PurchaseOrderCommand } from './purchase-order.commands';
import { purchaseOrderDecider } from './purchase-order.decider';
import type { Content, LineQuantity, PurchaseOrderEvent } from './purchase-order.events';
import { openLines } from './purchase-order.state';

describe('any history of a purchase order', () => {
  it('leaves stock expecting exactly what is open, as others add it up from what they are told', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 30 }), (commands) => {
        const history = commands.reduce(decided, []);
        const incoming = history.reduce(heardByStock, new Map<string, number>());
        const order = stateFrom(purchaseOrderDecider, history);
        const expecting = order.status === 'approved' || order.status === 'receiving' ? openLines(order) : [];
        expect([...incoming].filter(([, quantity]) => quantity > 0).sort()).toEqual(
          expecting.map(({ lineId, quantity }) => [lineId, quantity]).sort(),
        );
      }),
    );
  });

  it('books each line of a receipt once, with all that it said', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 30 }), (commands) => {
        const history = commands.reduce(decided, []);
        const fromReceipts = history.flatMap((event) =>
          event.type === 'ReceiptBooked' && event.data.receiptId !== null
            ? event.data.lines.map((line) => ({ ...line, receipt: event.data.receiptId }))
            : [],
        );
        const sums = new Map<string, number>();
        for (const { receipt, line, quantity } of fromReceipts)
          sums.set(`${receipt} ${line}`, (sums.get(`${receipt} ${line}`) ?? 0) + quantity);
        const said = firstSaid(commands);
        expect([...sums]).toEqual([...sums.keys()].map((key) => [key, said.get(key)]));
      }),
    );
  });

  it('stands as a small model of it stands', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 30 }), (commands) => {
        const history = commands.reduce(decided, []);
        const { status, received, export: exported } = stateFrom(purchaseOrderDecider, history);
        expect({ status, received: [...received].filter(([, quantity]) => quantity > 0).sort(), exported }).toEqual(modelOf(history));
      }),
    );
  });

  it('never becomes a draft while the warehouse knows or may know of it', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 30 }), (commands) => {
        let mayKnow = false;
        for (const { type } of commands.reduce(decided, [])) {
          if (type === 'PurchaseOrderUnlocked') expect(mayKnow).toBe(false);
          if (type === 'PurchaseOrderExportBegun') mayKnow = true;
          if (type === 'PurchaseOrderExportRefused') mayKnow = false;
        }
      }),
    );
  });

  it('is over once it is received or cancelled: nothing but goods comes after', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 30 }), (commands) => {
        const types = commands.reduce(decided, []).map(({ type }) => type);
        const end = types.findIndex((type) => type === 'PurchaseOrderReceived' || type === 'PurchaseOrderCancelled');
        const later = end === -1 ? [] : types.slice(end + 1);
        expect(later.filter((type) => !goesOn.includes(type))).toEqual([]);
      }),
    );
  });
});

/** Goods, and what a warehouse answers to what it was told before. */
const goesOn: readonly string[] = [
  'ReceiptBooked',
  'ReceiptNotUnderstood',
  'PurchaseOrderExportAccepted',
  'PurchaseOrderExportRefused',
  'PurchaseOrderTakeBackAnswered',
];

/** What stock makes of the events: approved raises, a receipt lowers to no less than nothing, the end takes the rest. */
const heardByStock = (incoming: Map<string, number>, event: PurchaseOrderEvent): Map<string, number> => {
  const each = (lines: readonly LineQuantity[], by: (line: LineQuantity) => number) =>
    new Map([...incoming, ...lines.map((line) => [line.lineId, by(line)] as const)]);
  switch (event.type) {
    case 'PurchaseOrderApproved':
      return each(event.data.lines, ({ quantity }) => quantity);
    case 'ReceiptBooked': {
      const came = new Map<string, number>();
      for (const { lineId, quantity } of event.data.lines) came.set(lineId, (came.get(lineId) ?? 0) + quantity);
      return each(event.data.lines, ({ lineId }) => Math.max(0, (incoming.get(lineId) ?? 0) - (came.get(lineId) ?? 0)));
    }
    case 'PurchaseOrderUnlocked':
    case 'PurchaseOrderCancelled':
    case 'PurchaseOrderReceived':
      return each(event.data.open, () => 0);
    case 'PurchaseOrderDrafted':
    case 'PurchaseOrderCorrected':
    case 'PurchaseOrderExportBegun':
    case 'PurchaseOrderExportAccepted':
    case 'PurchaseOrderExportRefused':
    case 'PurchaseOrderTakeBackAnswered':
    case 'ReceiptNotUnderstood':
      return incoming;
  }
};

/** The quantity with which a line of a receipt was booked first; refused receipts say nothing. */
const firstSaid = (commands: readonly PurchaseOrderCommand[]): Map<string, number> => {
  const said = new Map<string, number>();
  let history: readonly PurchaseOrderEvent[] = [];
  for (const command of commands) {
    const after = decided(history, command);
    const heard = command.type === 'ReceiveGoods' && after !== history ? command.data : { receiptId: '', lines: [] };
    for (const { line, quantity } of heard.lines)
      said.set(`${heard.receiptId} ${line}`, said.get(`${heard.receiptId} ${line}`) ?? quantity);
    history = after;
  }
  return said;
};

/** Types of what happened since the order was approved last; all of it where it never was. */
const sinceApproval = (history: readonly PurchaseOrderEvent[]) => {
  const types = history.map(({ type }) => type);
  return types.slice(Math.max(0, types.lastIndexOf('PurchaseOrderApproved')));
};

/** Which status each event leads to, the later in the list the stronger. */
const leadsTo: readonly (readonly [PurchaseOrderEvent['type'], string])[] = [
  ['PurchaseOrderDrafted', 'draft'],
  ['PurchaseOrderApproved', 'approved'],
  ['PurchaseOrderUnlocked', 'draft'],
  ['PurchaseOrderExportAccepted', 'receiving'],
  ['ReceiptBooked', 'receiving'],
  ['PurchaseOrderReceived', 'received'],
  ['PurchaseOrderCancelled', 'cancelled'],
];

const exportLeadsTo: readonly (readonly [PurchaseOrderEvent['type'], string])[] = [
  ['PurchaseOrderExportBegun', 'begun'],
  ['PurchaseOrderExportAccepted', 'accepted'],
  ['PurchaseOrderExportRefused', 'refused'],
  ['PurchaseOrderUnlocked', 'none'],
];

/** The status by the strongest thing since the last approval, what came by adding up, and what the last announcement led to. */
const modelOf = (history: readonly PurchaseOrderEvent[]) => {
  const since = sinceApproval(history);
  const strongest = (list: typeof leadsTo) => list.findLast(([type]) => since.includes(type))?.[1];
  const received = new Map<string, number>();
  for (const { lineId, quantity } of history.flatMap((event) => (event.type === 'ReceiptBooked' ? event.data.lines : [])))
    received.set(lineId, (received.get(lineId) ?? 0) + quantity);
  return { status: strongest(leadsTo) ?? 'unknown', received: [...received].sort(), exported: strongest(exportLeadsTo) ?? 'none' };
};

const decided = (history: readonly PurchaseOrderEvent[], command: PurchaseOrderCommand): readonly PurchaseOrderEvent[] => {
  const decision = purchaseOrderDecider.decide(command, stateFrom(purchaseOrderDecider, history));
  return decision.outcome === 'accepted' ? [...history, ...decision.events] : history;
};

const now = '2026-01-10T12:00:00.000Z';
const of = { purchaseOrderId: 'p', now };
const anySku = fc.constantFrom('TEA', 'tea', 'CUP');
const anyContent: fc.Arbitrary<Content> = fc
  .array(fc.record({ sku: anySku, quantity: fc.integer({ min: 1, max: 5 }) }), { minLength: 1, maxLength: 3 })
  .map((lines) => ({
    number: 'PO-1',
    supplier: { code: 'ACME', name: 'Acme' },
    warehouseId: 'w',
    expectedAt: null,
    cancelAfter: null,
    reference: null,
    lines: lines.map((line, index) => ({ ...line, lineId: String(index + 1), lot: null, serial: null })),
  }));
const anyReceipt = fc.record({
  receiptId: fc.constantFrom('r1', 'r2', 'r3'),
  final: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
  lines: fc.uniqueArray(
    fc.record({
      line: fc.constantFrom('a', 'b'),
      lineId: fc.constant(null),
      sku: fc.oneof({ weight: 5, arbitrary: anySku }, fc.constant('other')),
      quantity: fc.integer({ min: 1, max: 6 }),
    }),
    {
      minLength: 1,
      maxLength: 2,
      selector: ({ line }) => line,
    },
  ),
});

const anyCommand: fc.Arbitrary<PurchaseOrderCommand> = fc.oneof(
  fc
    .record({ content: anyContent, approved: fc.boolean() })
    .map((data) => ({ type: 'CreatePurchaseOrder', data: { ...of, ...data } }) as const),
  anyContent.map((content) => ({ type: 'CorrectPurchaseOrder', data: { ...of, content } }) as const),
  fc.constant({ type: 'ApprovePurchaseOrder', data: of } as const),
  fc.constant({ type: 'UnlockPurchaseOrder', data: of } as const),
  {
    weight: 5,
    arbitrary: anyReceipt.map((receipt) => ({ type: 'ReceiveGoods', data: { ...of, at: now, assigned: false, ...receipt } }) as const),
  },
  fc.constant({ type: 'BeginExport', data: of } as const),
  fc
    .integer({ min: 1, max: 3 })
    .map((announcement) => ({ type: 'RecordExportAccepted', data: { ...of, announcement, externalId: 'there' } }) as const),
  fc
    .integer({ min: 1, max: 3 })
    .map((announcement) => ({ type: 'RecordExportRefused', data: { ...of, announcement, reason: 'closed' } }) as const),
  fc.constant({ type: 'RecordTakeBack', data: { ...of, outcome: 'cancelled', reason: null } } as const),
  fc.constant({ type: 'CancelPurchaseOrder', data: { ...of, reason: 'late' } } as const),
  fc
    .constantFrom('book' as const, 'close-short' as const)
    .map((rest) => ({ type: 'MarkAsReceived', data: { ...of, rest, reason: null, at: now } }) as const),
);
