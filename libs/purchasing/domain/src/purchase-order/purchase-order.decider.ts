import type { Decider } from '@stockproof/decider';
import type { PurchaseOrderCommand } from './purchase-order.commands';
import type { PurchaseOrderEvent } from './purchase-order.events';
import type { PurchaseOrderDecision } from './purchase-order.guards';
import { beginExport, recordAcceptance, recordRefusal, recordTakeBack } from './purchase-order.exporting';
import { approve, cancel, cancelWhenOverdue, correct, create, unlock } from './purchase-order.ordering';
import { markAsReceived, receive } from './purchase-order.receiving';
import type { PurchaseOrderRejection } from './purchase-order.rejections';
import { noPurchaseOrder, receiptLineKey, type PurchaseOrder } from './purchase-order.state';

const decide = (command: PurchaseOrderCommand, order: PurchaseOrder): PurchaseOrderDecision => {
  switch (command.type) {
    case 'CreatePurchaseOrder':
      return create(command, order);
    case 'CorrectPurchaseOrder':
      return correct(command, order);
    case 'ApprovePurchaseOrder':
      return approve(command, order);
    case 'UnlockPurchaseOrder':
      return unlock(command, order);
    case 'CancelPurchaseOrder':
      return cancel(command, order);
    case 'CancelWhenOverdue':
      return cancelWhenOverdue(command, order);
    case 'BeginExport':
      return beginExport(command, order);
    case 'RecordExportAccepted':
      return recordAcceptance(command, order);
    case 'RecordExportRefused':
      return recordRefusal(command, order);
    case 'RecordTakeBack':
      return recordTakeBack(command, order);
    case 'ReceiveGoods':
      return receive(command, order);
    case 'MarkAsReceived':
      return markAsReceived(command, order);
  }
};

const evolve = (order: PurchaseOrder, event: PurchaseOrderEvent): PurchaseOrder => {
  switch (event.type) {
    case 'PurchaseOrderDrafted':
    case 'PurchaseOrderCorrected':
      return Object.assign(order, { status: 'draft', content: event.data.content });
    case 'PurchaseOrderApproved':
      return Object.assign(order, { status: 'approved', approvals: order.approvals + 1 });
    case 'PurchaseOrderUnlocked':
      return Object.assign(order, { status: 'draft', export: 'none' });
    case 'PurchaseOrderExportBegun':
      return Object.assign(order, { export: 'begun' });
    case 'PurchaseOrderExportAccepted':
      return Object.assign(order, { export: 'accepted', status: order.status === 'approved' ? 'receiving' : order.status });
    case 'PurchaseOrderExportRefused':
      return Object.assign(order, { export: 'refused' });
    case 'PurchaseOrderTakeBackAnswered':
      return Object.assign(order, { takeBackAnswered: true });
    case 'PurchaseOrderCancelled':
      return Object.assign(order, { status: 'cancelled' });
    case 'PurchaseOrderReceived':
      return Object.assign(order, { status: 'received' });
    case 'ReceiptBooked':
      for (const { lineId, quantity } of event.data.lines) order.received.set(lineId, (order.received.get(lineId) ?? 0) + quantity);
      remember(order.booked, event);
      return Object.assign(order, { receipts: order.receipts + 1, status: order.status === 'approved' ? 'receiving' : order.status });
    case 'ReceiptNotUnderstood':
      remember(order.puzzling, event);
      return order;
  }
};

const remember = (
  said: Set<string>,
  { data: { receiptId, lines } }: Extract<PurchaseOrderEvent, { readonly type: 'ReceiptBooked' | 'ReceiptNotUnderstood' }>,
): void => {
  if (receiptId === null) return;
  for (const { line } of lines) said.add(receiptLineKey(receiptId, line));
};

/** One purchase order with its receipts: one stream, so that what is open is never out of step with what came. */
export const purchaseOrderDecider: Decider<PurchaseOrder, PurchaseOrderCommand, PurchaseOrderEvent, PurchaseOrderRejection> = {
  initialState: noPurchaseOrder,
  decide,
  evolve,
};
