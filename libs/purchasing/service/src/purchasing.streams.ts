import type { Aggregate, AggregateHandler, CommandHandling } from '@stockproof/command-handling';
import {
  purchaseOrderDecider,
  type PurchaseOrder,
  type PurchaseOrderCommand,
  type PurchaseOrderEvent,
  type PurchaseOrderRejection,
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
