import { z } from 'zod';

const word = z.string().min(1).max(200);
const quantity = z.int().min(0).max(1_000_000_000);
const line = z.object({ lineNumber: z.int().min(1), sku: word, quantity: quantity.min(1) });
const receivedLine = line.extend({ lot: word.nullable().default(null), serial: word.nullable().default(null) });
const lines = z.array(line).min(1).max(5000);
const webUrl = z
  .url({ protocol: /^https?$/ })
  .nullable()
  .default(null);
const secret = z.string().startsWith('whsec_').nullable().default(null);
const completion = z.enum(['more-expected', 'complete', 'closed-short']);
/** Line numbers to quantities. */
const quantities = z.record(z.string().regex(/^\d+$/), quantity).nullable().default(null);
const anything = z.record(z.string(), z.json());

/** What the protocol brings to a warehouse; more fields than these may come and are not looked at. */
export const shipmentOrder = z.object({
  shipmentId: word,
  orderNumber: word,
  carrierService: z.object({ carrierCode: word, serviceCode: word }).nullable().default(null),
  lines,
});
export const announcement = z.object({ purchaseOrderId: word, purchaseOrderNumber: word, lines: z.array(receivedLine).min(1).max(5000) });
export const productsTold = z.object({ products: z.array(anything).max(10_000) });

/** What the protocol brings to a shop. */
export const orderTold = z.looseObject({ orderNumber: word, status: word });
export const stockTold = z.object({
  mode: z.enum(['full', 'changes']),
  publishedAt: word,
  rows: z.array(z.object({ sku: word, warehouseCode: word.nullable().default(null), quantity })).max(200_000),
});
export type StockTold = z.infer<typeof stockTold>;

/** What is done here by hand. */
export const warehouseSettings = z.strictObject({
  automatic: z.boolean().default(true),
  callbackUrl: webUrl,
  pushSecret: secret,
  meaning: z.enum(['on-hand', 'available']).default('on-hand'),
});
export const shopSettings = z.strictObject({ callbackUrl: webUrl, pushSecret: secret });
export const stockSetting = z.strictObject({
  rows: z
    .array(z.strictObject({ sku: word, quantity }))
    .min(1)
    .max(200_000),
});
export const advancing = z.strictObject({ calls: z.int().min(1).max(1000).default(1) });
export const shippingByHand = z.strictObject({ quantities, completion: completion.default('complete') });
export const receivingByHand = z.strictObject({ quantities, final: z.boolean().default(true) });
export const cancellingByHand = z.strictObject({ reason: z.string().max(500).default('cancelled by hand') });
export const reportedChange = z.strictObject({ change: anything });
export const arrival = z.strictObject({
  purchaseOrderNumber: word.nullable().default(null),
  lines: z
    .array(receivedLine.partial({ lineNumber: true }))
    .min(1)
    .max(5000),
  final: z.boolean().default(true),
});
export const product = z.strictObject({ product: anything });
export const placed = z.strictObject({ order: z.json() });

/** Where a feed is read from and how much of it. */
export const feedQuery = z.object({
  after: z.string().regex(/^\d+$/).default('0').transform(Number),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});
export const placeParams = z.object({ code: z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/) });
export const thingParams = placeParams.extend({ id: word });
