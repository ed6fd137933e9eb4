import { reject, type Decision } from '@stockproof/decider';
import type { PurchaseOrderCommand } from './purchase-order.commands';
import type { Content, OrderLine, PurchaseOrderEvent } from './purchase-order.events';
import type { PurchaseOrderRejection } from './purchase-order.rejections';
import type { PurchaseOrder, PurchaseOrderStatus } from './purchase-order.state';

export type PurchaseOrderDecision = Decision<PurchaseOrderEvent, PurchaseOrderRejection>;

/** Commands that a status may forbid; what the warehouse answers is taken in any. */
type AskedByPeople = Exclude<
  PurchaseOrderCommand['type'],
  'CancelWhenOverdue' | 'BeginExport' | 'RecordExportAccepted' | 'RecordExportRefused' | 'RecordTakeBack'
>;

/** What each status allows; goods that arrive are booked whenever the order was approved once. */
const allowed: Readonly<Record<PurchaseOrderStatus, readonly AskedByPeople[]>> = {
  draft: ['CorrectPurchaseOrder', 'ApprovePurchaseOrder', 'CancelPurchaseOrder'],
  approved: ['UnlockPurchaseOrder', 'CancelPurchaseOrder', 'ReceiveGoods', 'MarkAsReceived'],
  receiving: ['CancelPurchaseOrder', 'ReceiveGoods', 'MarkAsReceived'],
  received: ['ReceiveGoods'],
  cancelled: ['ReceiveGoods'],
};

/** The content of the order where its status allows the command; otherwise why not. */
export const allowedContent = (
  command: AskedByPeople,
  order: PurchaseOrder,
): { readonly content: Content } | { readonly refusal: PurchaseOrderDecision } => {
  const { status, content } = order;
  if (status === 'unknown' || content === null) return { refusal: reject({ type: 'PurchaseOrderUnknown' }) };
  if (!allowed[status].includes(command))
    return { refusal: reject({ type: 'NotInThisStatus', status, command, allowed: allowed[status] }) };
  return { content };
};

type Incomplete = Extract<PurchaseOrderRejection, { readonly type: 'PurchaseOrderIncomplete' }>;

/** Everything that keeps the content from being an order. */
export const incompleteIn = ({ lines }: Content): Incomplete | null => {
  const ids = lines.map(({ lineId }) => lineId);
  const problems: Incomplete['problems'] =
    lines.length === 0 ? [{ field: 'lines', code: 'no-lines' }] : lines.flatMap((line, index) => problemsOf(line, index, ids));
  return problems.length === 0 ? null : { type: 'PurchaseOrderIncomplete', problems };
};

const problemsOf = ({ lineId, sku, quantity, serial }: OrderLine, index: number, ids: readonly string[]): Incomplete['problems'] => {
  const field = `lines/${index}`;
  return [
    ...(ids.indexOf(lineId) === index ? [] : [{ field: `${field}/lineId`, code: 'line-twice' as const }]),
    ...(sku.trim() === '' ? [{ field: `${field}/sku`, code: 'sku-empty' as const }] : []),
    ...(Number.isInteger(quantity) && quantity > 0 ? [] : [{ field: `${field}/quantity`, code: 'quantity' as const }]),
    ...(serial === null || quantity === 1 ? [] : [{ field: `${field}/quantity`, code: 'serial-quantity' as const }]),
  ];
};
