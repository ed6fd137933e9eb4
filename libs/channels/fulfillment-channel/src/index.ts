export type { FulfillmentCapability, FulfillmentChannel, FulfillmentConnector } from './fulfillment-channel';
export type { OutboundShipment, OutboundShipmentLine, ShipTo } from './outbound-shipment';
export type { AnnouncedLine, AnnouncedPurchaseOrder, ReceivedLine, WarehouseReceipt } from './purchase-order';
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
export type { WarehouseFact } from './warehouse-fact';
