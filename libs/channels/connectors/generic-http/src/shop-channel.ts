import type { Json } from '@stockproof/decider';
import type { ReceivedOrder, SalesCapability, SalesChannel, ShopFact } from '@stockproof/sales-channel';
import { z } from 'zod';
import type { PeerCalls } from './peer-calls';
import { parseSignedPush, type FactReaders } from './signed-push';
import { order, product } from './wire/shop-wire';

const capabilities: readonly SalesCapability[] = [
  'fetch-orders',
  'send-order-updates',
  'publish-stock',
  'import-products',
  'send-products',
];

const receivedOrder: z.ZodType<ReceivedOrder> = z.json().transform((original, context): ReceivedOrder => {
  const read = order.safeParse(original);
  if (read.success) return { original: original satisfies Json, order: read.data };
  for (const { path, message } of read.error.issues) context.addIssue({ code: 'custom', path, message });
  return z.NEVER;
});

const pushed: FactReaders<ShopFact> = {
  order: receivedOrder.transform((received): ShopFact => ({ kind: 'order', received })),
  product: product.transform((read): ShopFact => ({ kind: 'product', product: read })),
};

/** A shop that speaks the generic protocol; without a push secret it cannot push. */
export const shopChannel = (calls: PeerCalls, pushSecrets: readonly string[]): SalesChannel => ({
  capabilities: new Set<SalesCapability>(pushSecrets.length === 0 ? capabilities : [...capabilities, 'push']),
  fetchOrders: (cursor) => calls.readPage('/orders', receivedOrder, cursor),
  sendOrderUpdate: (update, effect) => calls.handOver('/order-updates', update, effect),
  publishStock: (stock, effect) => calls.handOver('/stock', stock, effect),
  importProducts: (cursor) => calls.readPage('/products', product, cursor),
  sendProducts: (products, effect) => calls.handOver('/products', { products }, effect),
  parsePush: parseSignedPush(pushSecrets, pushed),
});
