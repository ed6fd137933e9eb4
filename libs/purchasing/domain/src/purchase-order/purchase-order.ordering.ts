import { accept, reject } from '@stockproof/decider';
import type { Instant } from '@stockproof/vocabulary';
import type {
  ApprovePurchaseOrder,
  CancelPurchaseOrder,
  CancelWhenOverdue,
  CorrectPurchaseOrder,
  CreatePurchaseOrder,
  UnlockPurchaseOrder,
} from './purchase-order.commands';
import type { Content, PurchaseOrderApproved, PurchaseOrderCancelled } from './purchase-order.events';
import { allowedContent, incompleteIn, type PurchaseOrderDecision } from './purchase-order.guards';
import { openLines, type PurchaseOrder } from './purchase-order.state';

export const create = ({ data }: CreatePurchaseOrder, order: PurchaseOrder): PurchaseOrderDecision => {
  const { purchaseOrderId, content, approved, now } = data;
  if (order.status !== 'unknown') return reject({ type: 'PurchaseOrderAlreadyCreated' });
  const incomplete = incompleteIn(content);
  if (incomplete) return reject(incomplete);
  const drafted = { type: 'PurchaseOrderDrafted', data: { purchaseOrderId, content, decidedAt: now } } as const;
  return approved ? accept(drafted, approval(purchaseOrderId, content, now)) : accept(drafted);
};

export const correct = ({ type, data }: CorrectPurchaseOrder, order: PurchaseOrder): PurchaseOrderDecision => {
  const { purchaseOrderId, content, now } = data;
  const may = allowedContent(type, order);
  if ('refusal' in may) return may.refusal;
  const incomplete = incompleteIn(content);
  return incomplete ? reject(incomplete) : accept({ type: 'PurchaseOrderCorrected', data: { purchaseOrderId, content, decidedAt: now } });
};

export const approve = ({ type, data }: ApprovePurchaseOrder, order: PurchaseOrder): PurchaseOrderDecision => {
  const may = allowedContent(type, order);
  return 'refusal' in may ? may.refusal : accept(approval(data.purchaseOrderId, may.content, data.now));
};

const approval = (purchaseOrderId: string, { number, warehouseId, lines }: Content, now: Instant): PurchaseOrderApproved => ({
  type: 'PurchaseOrderApproved',
  data: {
    purchaseOrderId,
    number,
    warehouseId,
    lines: lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity })),
    decidedAt: now,
  },
});

export const unlock = ({ type, data }: UnlockPurchaseOrder, order: PurchaseOrder): PurchaseOrderDecision => {
  const may = allowedContent(type, order);
  if ('refusal' in may) return may.refusal;
  if (order.export === 'begun' || order.export === 'accepted') return reject({ type: 'AlreadyExported', export: order.export });
  return accept({
    type: 'PurchaseOrderUnlocked',
    data: { purchaseOrderId: data.purchaseOrderId, open: openLines(order), decidedAt: data.now },
  });
};

export const cancel = ({ type, data }: CancelPurchaseOrder, order: PurchaseOrder): PurchaseOrderDecision => {
  const { purchaseOrderId, reason, now } = data;
  const may = allowedContent(type, order);
  if ('refusal' in may) return may.refusal;
  if (order.receipts > 0) return reject({ type: 'GoodsAlreadyReceived', receipts: order.receipts });
  return accept(cancellation(purchaseOrderId, order, reason, now));
};

const cancellation = (purchaseOrderId: string, order: PurchaseOrder, reason: string, now: Instant): PurchaseOrderCancelled => ({
  type: 'PurchaseOrderCancelled',
  data: { purchaseOrderId, reason, open: order.status === 'draft' ? [] : openLines(order), decidedAt: now },
});

/** The date may have been moved since somebody looked: then nothing happens. */
export const cancelWhenOverdue = ({ data }: CancelWhenOverdue, order: PurchaseOrder): PurchaseOrderDecision => {
  const { purchaseOrderId, now } = data;
  const cancelAfter = order.content?.cancelAfter ?? null;
  const isOpen = order.status === 'draft' || order.status === 'approved' || order.status === 'receiving';
  if (cancelAfter === null || now < cancelAfter || !isOpen || order.receipts > 0) return accept();
  return accept(cancellation(purchaseOrderId, order, `cancel after ${cancelAfter}`, now));
};
