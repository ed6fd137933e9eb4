export type { SalesOrderCommand } from './sales-order/sales-order.commands';
export { salesOrderDecider } from './sales-order/sales-order.decider';
export type {
  AllocationSettings,
  AllocationTerms,
  Candidate,
  MissingUnits,
  OrderLine,
  Package,
  PromisedUnits,
  SalesOrderEvent,
  Sealed,
  ShippedUnits,
  Wanted,
} from './sales-order/sales-order.events';
export type { SalesOrderRejection } from './sales-order/sales-order.rejections';
export { openParts, partsOf, type SalesOrder, type Shipment, type ShipmentStatus } from './sales-order/sales-order.state';
export { allowedIn, statusOf, type SalesOrderStatus } from './sales-order/sales-order.status';
