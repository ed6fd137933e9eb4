export type { ChannelRefusal, Effect, HandOver, TakeBack, Unanswered } from './effect';
export type {
  ChannelSetUp,
  FulfillmentCapability,
  FulfillmentChannel,
  FulfillmentConnector,
  SetUpProblem,
} from './fulfillment-channel';
export type { OutboundShipment, OutboundShipmentLine, ShipTo } from './outbound-shipment';
export { ChannelUnavailable, type Cursor, type Page, type Unreadable } from './page';
export type { AnnouncedLine, AnnouncedPurchaseOrder, ReceivedLine, WarehouseReceipt } from './purchase-order';
export type { ParsedPush, PushedFact, PushHeaders } from './push';
export type {
  Completion,
  PackageContent,
  ShipmentChange,
  ShipmentConflict,
  ShipmentUpdate,
  ShippedLine,
  ShippedPackage,
} from './shipment-update';
export type { LevelMeaning, ReportedLevel, StockLevelReport } from './stock-level-report';
