import {
  ChannelUnavailable,
  type ChannelProduct,
  type HandOver,
  type Page,
  type ParsedPush,
  type Unreadable,
} from '@stockproof/channel-exchange';
import { feedOf, rememberedEffects } from '@stockproof/channel-exchange/testing';
import type { ChannelOrder, ReceivedOrder } from '../channel-order';
import type { OrderUpdate } from '../order-update';
import type { PublishedStock } from '../published-stock';
import type { SalesCapability, SalesChannel, ShopFact } from '../sales-channel';
import type { ShopPeer } from './shop-peer';

export const inMemoryCapabilities: readonly SalesCapability[] = [
  'fetch-orders',
  'send-order-updates',
  'publish-stock',
  'import-products',
  'send-products',
  'push',
];

const nobody = async (): Promise<never> => {
  throw new ChannelUnavailable('nobody answers');
};
const unanswered = async () => ({ outcome: 'unanswered', reason: 'nobody answers', retryAfterMs: null }) as const;

const received = (order: ChannelOrder): ReceivedOrder => ({ original: JSON.parse(JSON.stringify(order)), order });

const parsePush: SalesChannel['parsePush'] = (headers, rawBody): ParsedPush<ShopFact> =>
  headers['signature'] === signatureOf(rawBody)
    ? {
        outcome: 'verified',
        pushId: String(headers['push-id']),
        facts: [{ kind: 'order', received: received(JSON.parse(rawBody) as ChannelOrder) }],
      }
    : { outcome: 'untrusted', reason: 'not signed' };

/** Signed by knowing the word: enough to tell a push that was changed from one that was not, without cryptography. */
const signatureOf = (rawBody: string) => `in-memory ${rawBody}`;

/** What was placed: an order, or something that is none. */
type Placed = ReceivedOrder | Unreadable;
type Held = {
  readonly placed: Placed[];
  readonly products: ChannelProduct[];
  readonly told: OrderUpdate[];
  readonly offered: Map<string, number>;
};

const sorted = ({ items, nextCursor, more }: Page<Placed>): Page<ReceivedOrder> => ({
  items: items.filter((item): item is ReceivedOrder => 'order' in item),
  unreadable: items.filter((item): item is Unreadable => 'problem' in item),
  nextCursor,
  more,
});

const offer = (offered: Map<string, number>, { mode, rows }: PublishedStock) => {
  if (mode === 'full') for (const sku of offered.keys()) offered.set(sku, 0);
  for (const { sku, quantity } of rows) offered.set(sku, quantity);
};

const channelTo = (held: Held): SalesChannel => {
  const once = rememberedEffects();
  const orders = feedOf(held.placed);
  const done = (act: () => void) => (): HandOver => {
    act();
    return { outcome: 'accepted', externalId: 'there' };
  };
  return {
    capabilities: new Set(inMemoryCapabilities),
    fetchOrders: async (cursor) => sorted(await orders(cursor)),
    sendOrderUpdate: async (update, effect) =>
      once(
        effect,
        update.orderNumber.endsWith('lost'),
        done(() => held.told.push(update)),
      ),
    publishStock: async (stock, effect) =>
      once(
        effect,
        false,
        done(() => offer(held.offered, stock)),
      ),
    importProducts: feedOf(held.products),
    sendProducts: async (_products, effect) =>
      once(
        effect,
        false,
        done(() => undefined),
      ),
    parsePush,
  };
};

const dead: SalesChannel = {
  capabilities: new Set(inMemoryCapabilities),
  fetchOrders: nobody,
  sendOrderUpdate: unanswered,
  publishStock: unanswered,
  importProducts: nobody,
  sendProducts: unanswered,
  parsePush,
};

/** A shop in memory, for tests of what talks to one; keeps the same suite as the connectors do. */
export const inMemoryShop = (): ShopPeer => {
  const held: Held = { placed: [], products: [], told: [], offered: new Map() };
  let numbers = 0;
  return {
    channel: channelTo(held),
    deadChannel: dead,
    newNumber: (fate) => `SO-${(numbers += 1)}-${fate === 'answer-lost' ? 'lost' : fate}`,
    place: async (order) => void held.placed.push(received(order)),
    placeNonsense: async () => void held.placed.push({ original: { lines: 'two mugs' }, problem: 'is no order' }),
    offer: async (product) => void held.products.push(product),
    told: async (orderNumber) => held.told.filter((update) => update.orderNumber === orderNumber),
    offered: async (sku) => held.offered.get(sku) ?? null,
    signed: (order) => {
      const rawBody = JSON.stringify(order);
      return { headers: { 'push-id': `push-${(numbers += 1)}`, signature: signatureOf(rawBody) }, rawBody };
    },
    stop: async () => undefined,
  };
};
