export type { IncomingOrderCommand, Outcome } from './incoming-order/incoming-order.commands';
export { incomingOrderDecider } from './incoming-order/incoming-order.decider';
export type { Effect, IncomingOrderEvent, Problem, Way } from './incoming-order/incoming-order.events';
export type { IncomingOrderRejection } from './incoming-order/incoming-order.rejections';
export type { IncomingOrder, IncomingOrderState } from './incoming-order/incoming-order.state';
export { judge, type Judgement, type WhatIsKnown } from './incoming-order/judging';
export type { OfferedAddress, OfferedLine, OfferedOrder, ShopState } from './incoming-order/offered-order';
export type { SalesOrderCommand } from './sales-order/sales-order.commands';
export { salesOrderDecider } from './sales-order/sales-order.decider';
export type {
  AllocationSettings,
  AllocationTerms,
  Candidate,
  CarrierService,
  MissingUnits,
  OrderHeader,
  OrderLine,
  Package,
  PackageContent,
  PromisedUnits,
  SalesOrderEvent,
  Sealed,
  ShippedUnits,
  ShopUpdate,
  Wanted,
} from './sales-order/sales-order.events';
export { exceptionRaisedBy, exceptionsEndedBy, type OpenException, type RaisedException } from './sales-order/sales-order.exceptions';
export { lineQuantities, type LineQuantities } from './sales-order/line-quantities';
export type { SalesOrderRejection } from './sales-order/sales-order.rejections';
export { openParts, partsOf, type SalesOrder, type Shipment, type ShipmentStatus } from './sales-order/sales-order.state';
export { allowedIn, statusOf, type SalesOrderStatus } from './sales-order/sales-order.status';
