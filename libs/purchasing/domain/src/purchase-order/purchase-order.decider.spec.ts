import { given as givenFor } from '@stockproof/decider-testing';
import type { PurchaseOrderCommand, ReceivedLine } from './purchase-order.commands';
import { purchaseOrderDecider } from './purchase-order.decider';
import type {
  BookedLine,
  Content,
  LineQuantity,
  OrderLine,
  PurchaseOrderEvent,
  ReceiptWarning,
  TakeBackOutcome,
} from './purchase-order.events';

const given = givenFor(purchaseOrderDecider);

describe('creating a purchase order', () => {
  it('starts as a draft', () => given().when(create()).then(drafted));
  it('goes straight on to approved where the account works automatically', () =>
    given()
      .when(create({ approved: true }))
      .then(drafted, approved));
  it('happens once', () => given(drafted).when(create()).thenRejected({ type: 'PurchaseOrderAlreadyCreated' }));
  it('names all that is missing', () =>
    given()
      .when(create({ content: { ...content, lines: [line('1', ' ', 0), { ...line('1', 'CUP', 2), serial: 'S-1' }] } }))
      .thenRejected({
        type: 'PurchaseOrderIncomplete',
        problems: [
          { field: 'lines/0/sku', code: 'sku-empty' },
          { field: 'lines/0/quantity', code: 'quantity' },
          { field: 'lines/1/lineId', code: 'line-twice' },
          { field: 'lines/1/quantity', code: 'serial-quantity' },
        ],
      }));
  it('needs lines', () =>
    given()
      .when(create({ content: { ...content, lines: [] } }))
      .thenRejected({ type: 'PurchaseOrderIncomplete', problems: [{ field: 'lines', code: 'no-lines' }] }));
});

describe('a draft', () => {
  it('may be corrected', () =>
    given(drafted)
      .when(correct(other))
      .then({ type: 'PurchaseOrderCorrected', data: { ...of, content: other } }));
  it('stays complete', () =>
    given(drafted)
      .when(correct({ ...other, lines: [] }))
      .thenRejected({ type: 'PurchaseOrderIncomplete', problems: [{ field: 'lines', code: 'no-lines' }] }));
  it('is approved', () => given(drafted).when(approve).then(approved));
  it('is cancelled, and nothing was incoming', () => given(drafted).when(cancel).then(cancelled([])));
  it('receives nothing', () =>
    given(drafted)
      .when(receive([tea(1)]))
      .thenRejected(notIn('draft', 'ReceiveGoods', ['CorrectPurchaseOrder', 'ApprovePurchaseOrder', 'CancelPurchaseOrder'])));
});

describe('an approved order', () => {
  const allowed = ['UnlockPurchaseOrder', 'CancelPurchaseOrder', 'ReceiveGoods', 'MarkAsReceived'];
  it('is locked', () =>
    given(drafted, approved)
      .when(correct(other))
      .thenRejected(notIn('approved', 'CorrectPurchaseOrder', allowed)));
  it('becomes a draft again while nothing came', () => given(drafted, approved).when(unlock).then(unlocked));
  it('is cancelled with all that was open', () =>
    given(drafted, approved)
      .when(cancel)
      .then(cancelled([open('1', 'TEA', 10), open('2', 'CUP', 4)])));
});

describe('an order that its warehouse is told of', () => {
  it('may be known there as soon as somebody sets out to tell', () => given(drafted, approved).when(beginExport).then(begun));
  it('is not begun twice, and not where nothing is ordered', () => {
    given(drafted, approved, begun).when(beginExport).thenNothing();
    given(drafted).when(beginExport).thenNothing();
    given().when(beginExport).thenRejected({ type: 'PurchaseOrderUnknown' });
  });
  it('stays approved while an answer is out: nobody unlocks it then, or afterwards', () => {
    given(drafted, approved, begun).when(unlock).thenRejected({ type: 'AlreadyExported', export: 'begun' });
    given(drafted, approved, begun, exportAccepted)
      .when(unlock)
      .thenRejected(notIn('receiving', 'UnlockPurchaseOrder', ['CancelPurchaseOrder', 'ReceiveGoods', 'MarkAsReceived']));
  });
  it('is being received once the warehouse accepts', () => given(drafted, approved, begun).when(acceptedThere(1)).then(exportAccepted));
  it('may be unlocked after the warehouse refused it, and is announced anew after the next approval', () => {
    given(drafted, approved, begun).when(refusedThere(1)).then(exportRefused);
    given(drafted, approved, begun, exportRefused).when(beginExport).thenNothing();
    given(drafted, approved, begun, exportRefused).when(unlock).then(unlocked);
    given(drafted, approved, begun, exportRefused, unlocked, approved)
      .when(beginExport)
      .then({ ...begun, data: { ...begun.data, announcement: 2 } });
  });
  it('hears an answer once, and none to an announcement that is no longer its own', () => {
    given(drafted, approved, begun, exportAccepted).when(acceptedThere(1)).thenNothing();
    given(drafted, approved, begun, exportRefused).when(refusedThere(1)).thenNothing();
    given(drafted, approved, begun, exportRefused, unlocked, approved, begun).when(acceptedThere(1)).thenNothing();
  });
  it('says when it is cancelled that the warehouse was asked, once', () => {
    const asked = given(drafted, approved, begun, exportAccepted, cancelled([]));
    asked.when(takeBack('cancelled')).then(takenBack('cancelled'));
    asked.when(takeBack('refused', 'too late')).then(takenBack('refused', 'too late'));
    given(drafted, approved, begun, exportAccepted, cancelled([]), takenBack('requested')).when(takeBack('cancelled')).thenNothing();
    given(drafted, approved, begun, exportAccepted).when(takeBack('cancelled')).thenNothing();
  });
});

describe('an order with a last date', () => {
  it('is called off once the date is there', () =>
    given(withDate(now), approved)
      .when(overdue)
      .then({
        type: 'PurchaseOrderCancelled',
        data: { ...of, reason: `cancel after ${now}`, open: [open('1', 'TEA', 10), open('2', 'CUP', 4)] },
      }));
  it('is not before, nor without a date, nor once goods have come, nor twice', () => {
    given(withDate(later), approved).when(overdue).thenNothing();
    given(withDate(null), approved).when(overdue).thenNothing();
    given(withDate(now), approved, booked([on('a', '1', 'TEA', 1)]))
      .when(overdue)
      .thenNothing();
    given(withDate(now), approved, cancelled([])).when(overdue).thenNothing();
  });
});

describe('receiving', () => {
  it('leaves something open', () =>
    given(drafted, approved)
      .when(receive([tea(6)]))
      .then(booked([on('a', '1', 'TEA', 6)])));
  it('ends the order once everything is there', () =>
    given(drafted, approved, booked([on('a', '1', 'TEA', 10)]))
      .when(receive([{ line: 'b', lineId: '2', sku: 'cup', quantity: 4 }]))
      .then(booked([on('b', '2', 'CUP', 4)], { short: false }), received('receipts')));
  it('ends it short where the receipt is the last', () =>
    given(drafted, approved)
      .when(receive([tea(6)], { final: true }))
      .then(booked([on('a', '1', 'TEA', 6)]), received('final-receipt', [open('1', 'TEA', 4), open('2', 'CUP', 4)])));
  it('knows a receipt by its id and line, so that a repeat changes nothing', () =>
    given(drafted, approved, booked([on('a', '1', 'TEA', 6)]))
      .when(receive([tea(6), tea(6)]))
      .thenNothing());
  it('books more than ordered, and warns', () =>
    given(drafted, approved)
      .when(receive([tea(12)]))
      .then(booked([on('a', '1', 'TEA', 12)], { warnings: [{ code: 'more-than-ordered', lineId: '1', excess: 2 }] })));
  it('fills several lines of a SKU one after the other', () =>
    given(
      { type: 'PurchaseOrderDrafted', data: { ...of, content: { ...content, lines: [line('1', 'TEA', 2), line('2', 'TEA', 3)] } } },
      approved,
    )
      .when(receive([tea(4)]))
      .then(booked([on('a', '1', 'TEA', 2), on('a', '2', 'TEA', 2)])));
  it('keeps what no line explains for a person, and books the rest', () =>
    given(drafted, approved)
      .when(receive([{ line: 'x', lineId: null, sku: 'POT', quantity: 1 }, { line: 'y', lineId: '1', sku: 'CUP', quantity: 1 }, tea(1)]))
      .then(booked([on('a', '1', 'TEA', 1)]), notUnderstood));
  it('keeps it once', () =>
    given(drafted, approved, notUnderstood)
      .when(receive([{ line: 'x', lineId: null, sku: 'POT', quantity: 1 }]))
      .thenNothing());
  it('books it once a person says which line it belongs to, and only once', () => {
    const explained = receive([{ line: 'x', lineId: '1', sku: 'TEA', quantity: 1 }], { assigned: true });
    const nowBooked = booked([on('x', '1', 'TEA', 1)]);
    given(drafted, approved, notUnderstood).when(explained).then(nowBooked);
    given(drafted, approved, notUnderstood, nowBooked).when(explained).thenNothing();
  });
  it('is booked after the order was cancelled, with a warning', () =>
    given(drafted, approved, cancelled([]))
      .when(receive([tea(1)]))
      .then(booked([on('a', '1', 'TEA', 1)], { warnings: [{ code: 'order-cancelled' }] })));
  it('is booked after the order was received, with a warning', () =>
    given(drafted, approved, received('person'))
      .when(receive([tea(1)], { final: true }))
      .then(booked([on('a', '1', 'TEA', 1)], { warnings: [{ code: 'order-received' }] })));
  it('does not happen in the future', () =>
    given(drafted, approved)
      .when(receive([tea(1)], { at: later }))
      .thenRejected({ type: 'FromTheFuture', at: later }));
  it('needs an order', () =>
    given()
      .when(receive([tea(1)]))
      .thenRejected({ type: 'PurchaseOrderUnknown' }));
  it('makes cancelling too late', () =>
    given(drafted, approved, booked([on('a', '1', 'TEA', 1)]))
      .when(cancel)
      .thenRejected({ type: 'GoodsAlreadyReceived', receipts: 1 }));
});

describe('marking as received', () => {
  it('books the rest', () =>
    given(drafted, approved, booked([on('a', '1', 'TEA', 10)]))
      .when(mark('book'))
      .then(booked([on('2', '2', 'CUP', 4)], { short: false, receiptId: null }), received('person', [], 'counted')));
  it('or closes short', () =>
    given(drafted, approved, booked([on('a', '1', 'TEA', 10)]))
      .when(mark('close-short'))
      .then(received('person', [open('2', 'CUP', 4)], 'counted')));
  it('does not happen in the future', () =>
    given(drafted, approved).when(mark('book', later)).thenRejected({ type: 'FromTheFuture', at: later }));
  it('happens once', () =>
    given(drafted, approved, received('person'))
      .when(mark('book'))
      .thenRejected(notIn('received', 'MarkAsReceived', ['ReceiveGoods'])));
});

const now = '2026-01-10T12:00:00.000Z';
const later = '2026-01-10T12:02:00.000Z';
const purchaseOrderId = 'p';
const of = { purchaseOrderId, decidedAt: now };
const line = (lineId: string, sku: string, quantity: number): OrderLine => ({ lineId, sku, quantity, lot: null, serial: null });
const content: Content = {
  number: 'PO-1',
  supplier: { code: 'ACME', name: 'Acme' },
  warehouseId: 'w',
  expectedAt: null,
  cancelAfter: null,
  reference: null,
  lines: [line('1', 'TEA', 10), line('2', 'CUP', 4)],
};
const other: Content = { ...content, lines: [line('1', 'TEA', 5)] };
const create = (more: { readonly content?: Content; readonly approved?: boolean } = {}): PurchaseOrderCommand => ({
  type: 'CreatePurchaseOrder',
  data: { purchaseOrderId, content, approved: false, now, ...more },
});
const correct = (to: Content): PurchaseOrderCommand => ({ type: 'CorrectPurchaseOrder', data: { purchaseOrderId, content: to, now } });
const approve: PurchaseOrderCommand = { type: 'ApprovePurchaseOrder', data: { purchaseOrderId, now } };
const unlock: PurchaseOrderCommand = { type: 'UnlockPurchaseOrder', data: { purchaseOrderId, now } };
const cancel: PurchaseOrderCommand = { type: 'CancelPurchaseOrder', data: { purchaseOrderId, reason: 'late', now } };
const receive = (
  lines: readonly ReceivedLine[],
  more: { readonly final?: boolean; readonly assigned?: boolean; readonly at?: string } = {},
): PurchaseOrderCommand => ({
  type: 'ReceiveGoods',
  data: { purchaseOrderId, receiptId: 'r', at: now, final: false, assigned: false, lines, now, ...more },
});
const mark = (rest: 'book' | 'close-short', at = now): PurchaseOrderCommand => ({
  type: 'MarkAsReceived',
  data: { purchaseOrderId, rest, reason: 'counted', at, now },
});
const overdue: PurchaseOrderCommand = { type: 'CancelWhenOverdue', data: { purchaseOrderId, now } };
const withDate = (cancelAfter: string | null): PurchaseOrderEvent => ({
  type: 'PurchaseOrderDrafted',
  data: { ...of, content: { ...content, cancelAfter } },
});
const beginExport: PurchaseOrderCommand = { type: 'BeginExport', data: { purchaseOrderId, now } };
const acceptedThere = (announcement: number): PurchaseOrderCommand => ({
  type: 'RecordExportAccepted',
  data: { purchaseOrderId, announcement, externalId: 'there-1', now },
});
const refusedThere = (announcement: number): PurchaseOrderCommand => ({
  type: 'RecordExportRefused',
  data: { purchaseOrderId, announcement, reason: 'closed: we are closed', now },
});
const takeBack = (outcome: TakeBackOutcome, reason: string | null = null): PurchaseOrderCommand => ({
  type: 'RecordTakeBack',
  data: { purchaseOrderId, outcome, reason, now },
});
const tea = (quantity: number): ReceivedLine => ({ line: 'a', lineId: null, sku: 'tea', quantity });
const on = (name: string, lineId: string, sku: string, quantity: number): BookedLine => ({ line: name, lineId, sku, quantity });
const open = (lineId: string, sku: string, quantity: number): LineQuantity => ({ lineId, sku, quantity });
const drafted: PurchaseOrderEvent = { type: 'PurchaseOrderDrafted', data: { ...of, content } };
const approved: PurchaseOrderEvent = {
  type: 'PurchaseOrderApproved',
  data: { ...of, number: 'PO-1', warehouseId: 'w', lines: [open('1', 'TEA', 10), open('2', 'CUP', 4)] },
};
const unlocked: PurchaseOrderEvent = {
  type: 'PurchaseOrderUnlocked',
  data: { ...of, open: [open('1', 'TEA', 10), open('2', 'CUP', 4)] },
};
const begun = { type: 'PurchaseOrderExportBegun', data: { ...of, announcement: 1 } } as const;
const exportAccepted: PurchaseOrderEvent = {
  type: 'PurchaseOrderExportAccepted',
  data: { ...of, announcement: 1, externalId: 'there-1' },
};
const exportRefused: PurchaseOrderEvent = {
  type: 'PurchaseOrderExportRefused',
  data: { ...of, announcement: 1, reason: 'closed: we are closed' },
};
const takenBack = (outcome: TakeBackOutcome, reason: string | null = null): PurchaseOrderEvent => ({
  type: 'PurchaseOrderTakeBackAnswered',
  data: { ...of, outcome, reason },
});
const cancelled = (left: readonly LineQuantity[]): PurchaseOrderEvent => ({
  type: 'PurchaseOrderCancelled',
  data: { ...of, reason: 'late', open: left },
});
const booked = (
  lines: readonly BookedLine[],
  more: { readonly short?: boolean; readonly warnings?: readonly ReceiptWarning[]; readonly receiptId?: null } = {},
): PurchaseOrderEvent => ({
  type: 'ReceiptBooked',
  data: { ...of, receiptId: 'r', warehouseId: 'w', at: now, lines, warnings: [], short: true, ...more },
});
const notUnderstood: PurchaseOrderEvent = {
  type: 'ReceiptNotUnderstood',
  data: {
    ...of,
    receiptId: 'r',
    at: now,
    lines: [
      { line: 'x', lineId: null, sku: 'POT', quantity: 1, because: 'unknown-sku' },
      { line: 'y', lineId: '1', sku: 'CUP', quantity: 1, because: 'unknown-line' },
    ],
  },
};
const received = (
  by: 'receipts' | 'final-receipt' | 'person',
  left: readonly LineQuantity[] = [],
  reason: string | null = null,
): PurchaseOrderEvent => ({ type: 'PurchaseOrderReceived', data: { ...of, by, reason, open: left } });
const notIn = (status: 'draft' | 'approved' | 'receiving' | 'received', command: string, allowed: readonly string[]) =>
  ({ type: 'NotInThisStatus', status, command, allowed }) as const;
