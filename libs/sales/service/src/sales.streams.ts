import type { Aggregate, AggregateHandler, CommandHandling } from '@stockproof/command-handling';
import {
  incomingOrderDecider,
  salesOrderDecider,
  type IncomingOrder,
  type IncomingOrderCommand,
  type IncomingOrderEvent,
  type IncomingOrderRejection,
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

export type IncomingOrderHandler = AggregateHandler<IncomingOrder, IncomingOrderCommand, IncomingOrderEvent, IncomingOrderRejection>;

const incomingOrderAggregate: Aggregate<IncomingOrder, IncomingOrderCommand, IncomingOrderEvent, IncomingOrderRejection> = {
  category: 'sales.incomingOrder',
  decider: incomingOrderDecider,
  schemaVersion: 1,
};

/** Under the id of the order that comes of it. */
export const incomingOrderStream = (accountId: AccountId, orderId: string): string => `sales.incomingOrder-${accountId}-${orderId}`;

export const incomingOrders = (commands: CommandHandling): IncomingOrderHandler => commands.aggregate(incomingOrderAggregate);
