import type { JsonObject } from '@stockproof/decider';
import type { Effect, HandOver, TakeBack } from './effect';
import type { OutboundShipment } from './outbound-shipment';
import type { Cursor, Page } from './page';
import type { AnnouncedPurchaseOrder, WarehouseReceipt } from './purchase-order';
import type { ParsedPush, PushHeaders } from './push';
import type { ShipmentUpdate } from './shipment-update';
import type { StockLevelReport } from './stock-level-report';

/** What a connector can do; what is missing is never called, and its job is not offered. */
export type FulfillmentCapability =
  | 'send-shipments'
  | 'cancel-shipments'
  | 'fetch-shipment-updates'
  | 'send-purchase-orders'
  | 'cancel-purchase-orders'
  | 'fetch-receipts'
  | 'fetch-stock-levels'
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
  /** Checks the signature over the exact bytes received, then reads them. */
  readonly parsePush: (headers: PushHeaders, rawBody: string) => ParsedPush;
};

/** What a channel was set up with: `credentials` are secrets, `settings` are not. Each connector says which fields it reads. */
export type ChannelSetUp = { readonly settings: JsonObject; readonly credentials: JsonObject };

export type SetUpProblem = { readonly field: string; readonly message: string };

/** One kind of warehouse system. Connecting opens nothing; it names everything that is wrong with the set-up at once. */
export type FulfillmentConnector = {
  readonly name: string;
  readonly connectWarehouse: (
    setUp: ChannelSetUp,
  ) =>
    | { readonly outcome: 'connected'; readonly channel: FulfillmentChannel }
    | { readonly outcome: 'misconfigured'; readonly problems: readonly SetUpProblem[] };
};
