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
} from '@stockproof/channel-exchange';
import type { ReceivedOrder } from './channel-order';
import type { OrderUpdate } from './order-update';
import type { PublishedStock } from './published-stock';

/** What a connector can do; what is missing is never called, and its job is not offered. */
export type SalesCapability = 'fetch-orders' | 'send-order-updates' | 'publish-stock' | 'import-products' | 'send-products' | 'push';

/** One thing that a shop tells us unasked. */
export type ShopFact =
  { readonly kind: 'order'; readonly received: ReceivedOrder } | { readonly kind: 'product'; readonly product: ChannelProduct };

/**
 * A place where orders come from. Calls with an effect never throw: their outcome is the answer. Calls that read throw
 * `ChannelUnavailable`; cursor null reads from the beginning. An order that changed in the shop appears in the feed again.
 */
export type SalesChannel = {
  readonly capabilities: ReadonlySet<SalesCapability>;
  readonly fetchOrders: (cursor: Cursor | null) => Promise<Page<ReceivedOrder>>;
  /** One effect id per shipment and package told, so that a customer hears of each once. */
  readonly sendOrderUpdate: (update: OrderUpdate, effect: Effect) => Promise<HandOver>;
  readonly publishStock: (stock: PublishedStock, effect: Effect) => Promise<HandOver>;
  readonly importProducts: (cursor: Cursor | null) => Promise<Page<ChannelProduct>>;
  readonly sendProducts: (products: readonly ChannelProduct[], effect: Effect) => Promise<HandOver>;
  /** Checks the signature over the exact bytes received, then reads them. */
  readonly parsePush: (headers: PushHeaders, rawBody: string) => ParsedPush<ShopFact>;
};

/** One kind of shop system. */
export type SalesConnector = {
  readonly name: string;
  readonly connectShop: (setUp: ChannelSetUp) => Connection<SalesChannel>;
};
