import type { TrueOrder, Truth } from '../checking/truth';
import { articles, bundles, skusOf, startingStock } from '../files/assortment';
import { shopifyOrders, wooOrders, type DemoOrder, type Trouble } from '../files/orders';
import type { JournalEntry } from '../checking/journal';
import { changedProducts, productPlaces } from './changing-products';
import { shopPlace, warehousePlace } from './company';
import { ignored, mended, phoneOrderPlacedAt, phoneOrders } from './importing-orders';
import { purchaseOrder } from './replenishing';

/** What must become of an order with this trouble. */
const becomes: Readonly<Record<Trouble, TrueOrder['becomes']>> = {
  'unknown-sku': { state: 'waiting', code: 'unknown-sku' },
  'empty-sku': { state: 'waiting', code: 'empty' },
  'no-address': { state: 'waiting', code: 'missing' },
  cancelled: { state: 'recorded', code: 'cancelled' },
  refunded: { state: 'recorded', code: 'refunded' },
  unpaid: { state: 'recorded', code: 'unpaid' },
  fulfilled: { state: 'recorded', code: 'fulfilled' },
  'sku-known-later': 'order',
  'mapped-sku': 'order',
};

const fate = (shop: string, { number, trouble }: DemoOrder): TrueOrder['becomes'] => {
  if (shop === mended.shop && number === mended.number) return 'order';
  if (shop === ignored.shop && number === ignored.number) return { state: 'ignored', code: ignored.reason };
  return trouble === null ? 'order' : becomes[trouble];
};

/** As it must stand in the product: with what was mended, and by our names of articles. */
const ourSku = (sku: string): string => (sku === '' ? mended.emptySkuBecomes : sku === 'OLD-MUG-RED' ? 'MUG-RED' : sku);

const trueOrder = (shop: string, order: DemoOrder): TrueOrder => ({
  ...{ shop, number: order.number, placedAt: order.placedAt.toISOString() },
  lines: order.lines.map(({ sku, quantity }) => ({ sku: ourSku(sku), quantity })),
  becomes: fate(shop, order),
});

const byPhone: readonly TrueOrder[] = phoneOrders.map(({ number, sku, quantity }, index) => ({
  ...{ shop: 'phone', number, placedAt: phoneOrderPlacedAt(index), lines: [{ sku, quantity }], becomes: 'order' },
}));

/** All orders of the files and by phone. */
export const trueOrders: readonly TrueOrder[] = [
  ...shopifyOrders.map((order) => trueOrder('shopify', order)),
  ...wooOrders.map((order) => trueOrder('woo', order)),
  ...byPhone,
];

/** How many of them are orders before the products of step 7 are known, and after. */
export const ordersWithout = (laterKnown: string): number =>
  trueOrders.filter(({ becomes: then, lines }) => then === 'order' && !lines.some(({ sku }) => sku === laterKnown)).length;
export const allOrders = trueOrders.filter(({ becomes: then }) => then === 'order').length;

/** Everything that is known without asking the product. */
export const truthOf = (tag: string, journal: readonly JournalEntry[]): Truth => ({
  imported: articles.flatMap(({ sku, abundance }) =>
    (['NORTH', 'SOUTH'] as const).map((warehouse) => ({ sku, warehouse, quantity: startingStock[abundance][warehouse] })),
  ),
  virtual: { code: 'EVERYWHERE', members: ['NORTH', 'SOUTH'] },
  bundles: new Map(bundles.map(({ sku, components }) => [sku, components])),
  orders: trueOrders,
  scarce: skusOf('scarce'),
  purchaseOrders: [purchaseOrder],
  publishedTo: ['shopify', 'woo'],
  nameIn: (shop, sku) => (shop === 'shopify' && sku === 'MUG-RED' ? 'OLD-MUG-RED' : sku),
  products: { ...productPlaces(tag), changed: changedProducts },
  placeOf: (kind, code) => `${kind}/${kind === 'shops' ? shopPlace(tag, code) : warehousePlace(tag, code)}`,
  journal,
});
