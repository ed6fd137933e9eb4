import { accept, reject, type Decider, type Decision } from '@stockproof/decider';
import { skuKey } from '@stockproof/vocabulary';
import type {
  AssignReceipt,
  DismissReceipt,
  KeepReceipt,
  RecordAssignedBooked,
  UnexplainedReceiptCommand,
} from './unexplained-receipt.commands';
import type { AssignedLine, UnexplainedLine, UnexplainedReceiptEvent } from './unexplained-receipt.events';
import type { UnexplainedReceiptRejection } from './unexplained-receipt.rejections';
import { isWaiting, noUnexplainedReceipt, type UnexplainedReceipt } from './unexplained-receipt.state';

type ReceiptDecision = Decision<UnexplainedReceiptEvent, UnexplainedReceiptRejection>;

const decide = (command: UnexplainedReceiptCommand, receipt: UnexplainedReceipt): ReceiptDecision => {
  switch (command.type) {
    case 'KeepReceipt':
      return keep(command, receipt);
    case 'AssignReceipt':
      return assign(command, receipt);
    case 'RecordAssignedBooked':
      return recordBooked(command, receipt);
    case 'DismissReceipt':
      return dismiss(command, receipt);
  }
};

const keep = ({ data }: KeepReceipt, receipt: UnexplainedReceipt): ReceiptDecision => {
  const { now, lines, ...said } = data;
  const added = lines.filter(({ line }) => !receipt.known.has(line));
  if (added.length === 0 && (said.unreadable === null || receipt.exists)) return accept();
  return accept({ type: 'UnexplainedReceiptKept', data: { ...said, lines: added, decidedAt: now } });
};

const assign = ({ data }: AssignReceipt, receipt: UnexplainedReceipt): ReceiptDecision => {
  const { unexplainedReceiptId, purchaseOrderId, now } = data;
  if (!receipt.exists) return reject({ type: 'UnexplainedReceiptUnknown' });
  if (receipt.isUnreadable) return reject({ type: 'ReceiptUnreadable' });
  if (receipt.open.length === 0) return reject({ type: 'ReceiptAlreadyExplained' });
  const lines = receipt.open.map((line) => ({ name: line.line, found: placeOf(line, data) }));
  const astray = lines.flatMap(({ name, found }) => (found === null ? [name] : []));
  if (astray.length > 0) return reject({ type: 'ReceiptFitsNoLine', lines: astray });
  const placed = lines.flatMap(({ found }) => (found === null ? [] : [found]));
  const { receiptId, receivedAt } = receipt;
  return accept({
    type: 'UnexplainedReceiptAssigned',
    data: { unexplainedReceiptId, purchaseOrderId, receiptId, receivedAt, lines: placed, decidedAt: now },
  });
};

/** The line that a person names, else any line of the SKU; `null`: the order has none. */
const placeOf = ({ line, sku, quantity }: UnexplainedLine, { ordered, lines }: AssignReceipt['data']): AssignedLine | null => {
  const named = lines.find((each) => each.line === line);
  const place = ordered.find((each) => (named === undefined ? skuKey(each.sku) === skuKey(sku) : each.lineId === named.lineId));
  return place === undefined ? null : { line, lineId: named === undefined ? null : place.lineId, sku: place.sku, quantity };
};

const recordBooked = ({ data }: RecordAssignedBooked, { pending }: UnexplainedReceipt): ReceiptDecision => {
  const { unexplainedReceiptId, now } = data;
  if (pending === null) return accept();
  return accept({
    type: 'AssignedReceiptBooked',
    data: { unexplainedReceiptId, purchaseOrderId: pending.purchaseOrderId, decidedAt: now },
  });
};

const dismiss = ({ data }: DismissReceipt, receipt: UnexplainedReceipt): ReceiptDecision => {
  const { unexplainedReceiptId, reason, now } = data;
  if (!receipt.exists) return reject({ type: 'UnexplainedReceiptUnknown' });
  if (!isWaiting(receipt)) return reject({ type: 'ReceiptAlreadyExplained' });
  return accept({ type: 'UnexplainedReceiptDismissed', data: { unexplainedReceiptId, reason, decidedAt: now } });
};

const evolve = (receipt: UnexplainedReceipt, event: UnexplainedReceiptEvent): UnexplainedReceipt => {
  switch (event.type) {
    case 'UnexplainedReceiptKept': {
      const { receiptId, receivedAt, lines, unreadable } = event.data;
      for (const { line } of lines) receipt.known.add(line);
      return Object.assign(receipt, {
        ...{ exists: true, receiptId, receivedAt, isUnreadable: unreadable !== null },
        open: [...receipt.open, ...lines],
      });
    }
    case 'UnexplainedReceiptAssigned':
      return Object.assign(receipt, { open: [], pending: event.data });
    case 'AssignedReceiptBooked':
      return Object.assign(receipt, { pending: null });
    case 'UnexplainedReceiptDismissed':
      return Object.assign(receipt, { open: [], isUnreadable: false });
  }
};

/** Goods that nobody ordered, as far as we know: kept until a person says where they belong, or that they belong nowhere. */
export const unexplainedReceiptDecider: Decider<
  UnexplainedReceipt,
  UnexplainedReceiptCommand,
  UnexplainedReceiptEvent,
  UnexplainedReceiptRejection
> = { initialState: noUnexplainedReceipt, decide, evolve };
