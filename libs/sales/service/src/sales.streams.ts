import type { Aggregate, AggregateHandler, CommandHandling } from '@stockproof/command-handling';
import {
  salesOrderDecider,
  type SalesOrder,
  type SalesOrderCommand,
  type SalesOrderEvent,
  type SalesOrderRejection,
} from '@stockproof/sales-domain';
import type { AccountId } from '@stockproof/vocabulary';

export type SalesOrderHandler = AggregateHandler<SalesOrder, SalesOrderCommand, SalesOrderEvent, SalesOrderRejection>;

/** An order and its shipments are one stream: the status that follows from them is never out of step. */
const salesOrderAggregate: Aggregate<SalesOrder, SalesOrderCommand, SalesOrderEvent, SalesOrderRejection> = {
  category: 'sales.salesOrder',
  decider: salesOrderDecider,
  schemaVersion: 1,
  effectiveAt: (event) => ('at' in event.data ? event.data.at : null),
};

export const salesOrderStream = (accountId: AccountId, orderId: string): string => `sales.salesOrder-${accountId}-${orderId}`;

export const salesOrders = (commands: CommandHandling): SalesOrderHandler => commands.aggregate(salesOrderAggregate);
