import type {
  ChannelProduct,
  ChannelSetUp,
  Connection,
  Cursor,
  Effect,
  HandOver,
  Page,
  ParsedPush,
  PushHeaders,
  TakeBack,
} from '@stockproof/channel-exchange';
import type { OutboundShipment } from './outbound-shipment';
import type { AnnouncedPurchaseOrder, WarehouseReceipt } from './purchase-order';
import type { ShipmentUpdate } from './shipment-update';
import type { StockLevelReport } from './stock-level-report';
import type { WarehouseFact } from './warehouse-fact';

/** What a connector can do; what is missing is never called, and its job is not offered. */
export type FulfillmentCapability =
  | 'send-shipments'
  | 'cancel-shipments'
  | 'fetch-shipment-updates'
  | 'send-purchase-orders'
  | 'cancel-purchase-orders'
  | 'fetch-receipts'
  | 'fetch-stock-levels'
  | 'send-products'
  | 'import-products'
  | 'push';

/**
 * What stands behind one physical warehouse of one account. Calls with an effect never throw: their outcome is the answer.
 * Calls that read throw `ChannelUnavailable`; cursor null reads from the beginning.
 */
export type FulfillmentChannel = {
  readonly capabilities: ReadonlySet<FulfillmentCapability>;
  readonly sendShipment: (shipment: OutboundShipment, effect: Effect) => Promise<HandOver>;
  readonly cancelShipment: (shipment: { readonly shipmentId: string }, effect: Effect) => Promise<TakeBack>;
  readonly fetchShipmentUpdates: (cursor: Cursor | null) => Promise<Page<ShipmentUpdate>>;
  readonly sendPurchaseOrder: (order: AnnouncedPurchaseOrder, effect: Effect) => Promise<HandOver>;
  readonly cancelPurchaseOrder: (order: { readonly purchaseOrderId: string }, effect: Effect) => Promise<TakeBack>;
  readonly fetchReceipts: (cursor: Cursor | null) => Promise<Page<WarehouseReceipt>>;
  readonly fetchStockLevels: () => Promise<StockLevelReport>;
  readonly sendProducts: (products: readonly ChannelProduct[], effect: Effect) => Promise<HandOver>;
  readonly importProducts: (cursor: Cursor | null) => Promise<Page<ChannelProduct>>;
  /** Checks the signature over the exact bytes received, then reads them. */
  readonly parsePush: (headers: PushHeaders, rawBody: string) => ParsedPush<WarehouseFact>;
};

/** One kind of warehouse system. */
export type FulfillmentConnector = {
  readonly name: string;
  readonly connectWarehouse: (setUp: ChannelSetUp) => Connection<FulfillmentChannel>;
};
