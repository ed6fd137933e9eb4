import type { Aggregate, AggregateHandler, CommandHandling } from '@stockproof/command-handling';
import {
  purchaseOrderDecider,
  unexplainedReceiptDecider,
  type PurchaseOrder,
  type PurchaseOrderCommand,
  type PurchaseOrderEvent,
  type PurchaseOrderRejection,
  type UnexplainedReceipt,
  type UnexplainedReceiptCommand,
  type UnexplainedReceiptEvent,
  type UnexplainedReceiptRejection,
} from '@stockproof/purchasing-domain';
import type { AccountId } from '@stockproof/vocabulary';

export type PurchaseOrderHandler = AggregateHandler<PurchaseOrder, PurchaseOrderCommand, PurchaseOrderEvent, PurchaseOrderRejection>;

/** An order and its receipts are one stream: what is open is never out of step with what came. */
const purchaseOrderAggregate: Aggregate<PurchaseOrder, PurchaseOrderCommand, PurchaseOrderEvent, PurchaseOrderRejection> = {
  category: 'purchasing.purchaseOrder',
  decider: purchaseOrderDecider,
  schemaVersion: 1,
  effectiveAt: (event) => ('at' in event.data ? event.data.at : null),
};

export const purchaseOrderStream = (accountId: AccountId, purchaseOrderId: string): string =>
  `purchasing.purchaseOrder-${accountId}-${purchaseOrderId}`;

export const purchaseOrderHandler = (commands: CommandHandling): PurchaseOrderHandler => commands.aggregate(purchaseOrderAggregate);

export type UnexplainedReceiptHandler = AggregateHandler<
  UnexplainedReceipt,
  UnexplainedReceiptCommand,
  UnexplainedReceiptEvent,
  UnexplainedReceiptRejection
>;

/** What no order explains has a stream of its own: there is no order whose it could be. */
const unexplainedReceiptAggregate: Aggregate<
  UnexplainedReceipt,
  UnexplainedReceiptCommand,
  UnexplainedReceiptEvent,
  UnexplainedReceiptRejection
> = {
  category: 'purchasing.unexplainedReceipt',
  decider: unexplainedReceiptDecider,
  schemaVersion: 1,
  effectiveAt: (event) => ('receivedAt' in event.data ? event.data.receivedAt : null),
};

export const unexplainedReceiptStream = (accountId: AccountId, unexplainedReceiptId: string): string =>
  `purchasing.unexplainedReceipt-${accountId}-${unexplainedReceiptId}`;

export const unexplainedReceiptHandler = (commands: CommandHandling): UnexplainedReceiptHandler =>
  commands.aggregate(unexplainedReceiptAggregate);
