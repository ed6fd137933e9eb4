import { accept, reject } from '@stockproof/decider';
import { plusMs, skuKey, type Instant } from '@stockproof/vocabulary';
import type { MarkAsReceived, ReceivedLine, ReceiveGoods } from './purchase-order.commands';
import type {
  BookedLine,
  Content,
  OrderLine,
  PurchaseOrderEvent,
  PurchaseOrderReceived,
  ReceiptBooked,
  ReceiptNotUnderstood,
  ReceiptWarning,
} from './purchase-order.events';
import { allowedContent, type PurchaseOrderDecision } from './purchase-order.guards';
import { openLines, openOf, receiptLineKey, type PurchaseOrder } from './purchase-order.state';

/** Clocks of machines differ, by less than what stock puts up with. */
const clockSlackMs = 60_000;

const isFuture = (at: Instant, now: Instant): boolean => at > plusMs(now, clockSlackMs);

type NotUnderstood = ReceiptNotUnderstood['data']['lines'][number];

/** Goods that are there are booked, whatever was ordered; the same line of the same receipt once. */
export const receive = ({ type, data }: ReceiveGoods, order: PurchaseOrder): PurchaseOrderDecision => {
  const { purchaseOrderId, receiptId, at, final, now } = data;
  const may = allowedContent(type, order);
  if ('refusal' in may) return may.refusal;
  if (isFuture(at, now)) return reject({ type: 'FromTheFuture', at });
  const { booked, notUnderstood } = placed(newLines(data, order), may.content, order);
  const common = { purchaseOrderId, receiptId, at, decidedAt: now };
  const puzzle: readonly PurchaseOrderEvent[] =
    notUnderstood.length === 0 ? [] : [{ type: 'ReceiptNotUnderstood', data: { ...common, lines: notUnderstood } }];
  if (booked.length === 0) return accept(...puzzle);

  const after = { ...order, received: receivedWith(order, booked) };
  const open = openLines(after);
  const receipt: ReceiptBooked = {
    type: 'ReceiptBooked',
    data: {
      ...common,
      warehouseId: may.content.warehouseId,
      lines: booked,
      warnings: warningsOf(order, may.content, booked),
      short: open.length > 0,
    },
  };
  const ends = isOpen(order) && (final || open.length === 0);
  const ended: readonly PurchaseOrderReceived[] = ends
    ? [
        {
          type: 'PurchaseOrderReceived',
          data: { purchaseOrderId, by: open.length === 0 ? 'receipts' : 'final-receipt', reason: null, open, decidedAt: now },
        },
      ]
    : [];
  return accept(receipt, ...puzzle, ...ended);
};

/** What was not said before, each line of the receipt once. */
const newLines = ({ receiptId, assigned, lines }: ReceiveGoods['data'], order: PurchaseOrder): readonly ReceivedLine[] => {
  const names = lines.map(({ line }) => line);
  return lines.filter(({ line }, index) => {
    const key = receiptLineKey(receiptId, line);
    return names.indexOf(line) === index && !order.booked.has(key) && (assigned || !order.puzzling.has(key));
  });
};

/** Each line of the receipt on the lines of the order that it belongs to. */
const placed = (lines: readonly ReceivedLine[], { lines: ordered }: Content, order: PurchaseOrder) => {
  const booked: BookedLine[] = [];
  const notUnderstood: NotUnderstood[] = [];
  for (const received of lines) {
    const fitting = ordered.filter(
      (each) => (received.lineId === null || received.lineId === each.lineId) && skuKey(each.sku) === skuKey(received.sku),
    );
    if (fitting.length === 0) notUnderstood.push({ ...received, because: received.lineId === null ? 'unknown-sku' : 'unknown-line' });
    else booked.push(...spread(received, fitting, { ...order, received: receivedWith(order, booked) }));
  }
  return { booked, notUnderstood };
};

/** Fills what is open first; what is left over goes to the last line. */
const spread = ({ line, quantity }: ReceivedLine, fitting: readonly OrderLine[], order: PurchaseOrder): readonly BookedLine[] => {
  let left = quantity;
  return fitting.flatMap((each, index) => {
    const part = index === fitting.length - 1 ? left : Math.min(left, openOf(order, each));
    left -= part;
    return part === 0 ? [] : [{ line, lineId: each.lineId, sku: each.sku, quantity: part }];
  });
};

const receivedWith = (order: PurchaseOrder, booked: readonly BookedLine[]): Map<string, number> => {
  const received = new Map(order.received);
  for (const { lineId, quantity } of booked) received.set(lineId, (received.get(lineId) ?? 0) + quantity);
  return received;
};

const isOpen = ({ status }: PurchaseOrder): boolean => status === 'approved' || status === 'receiving';

const warningsOf = (order: PurchaseOrder, { lines }: Content, booked: readonly BookedLine[]): readonly ReceiptWarning[] => {
  const { status } = order;
  const received = receivedWith(order, booked);
  const touched = lines.filter(({ lineId }) => booked.some((each) => each.lineId === lineId));
  const over = touched.flatMap(({ lineId, quantity }): readonly ReceiptWarning[] => {
    const excess = (received.get(lineId) ?? 0) - Math.max(quantity, order.received.get(lineId) ?? 0);
    return excess > 0 ? [{ code: 'more-than-ordered', lineId, excess }] : [];
  });
  if (status === 'cancelled') return [{ code: 'order-cancelled' }, ...over];
  return status === 'received' ? [{ code: 'order-received' }, ...over] : over;
};

/** A person ends the order: what is open is booked as there, or never comes. */
export const markAsReceived = ({ type, data }: MarkAsReceived, order: PurchaseOrder): PurchaseOrderDecision => {
  const { purchaseOrderId, rest, reason, at, now } = data;
  const may = allowedContent(type, order);
  if ('refusal' in may) return may.refusal;
  if (isFuture(at, now)) return reject({ type: 'FromTheFuture', at });
  const open = openLines(order);
  const received = (left: PurchaseOrderReceived['data']['open']) =>
    ({ type: 'PurchaseOrderReceived', data: { purchaseOrderId, by: 'person', reason, open: left, decidedAt: now } }) as const;
  if (rest === 'close-short') return accept(received(open));
  const lines = open.map((line) => ({ ...line, line: line.lineId }));
  const booked: ReceiptBooked = {
    type: 'ReceiptBooked',
    data: { purchaseOrderId, receiptId: null, at, decidedAt: now, warehouseId: may.content.warehouseId, lines, warnings: [], short: false },
  };
  return accept(booked, received([]));
};
