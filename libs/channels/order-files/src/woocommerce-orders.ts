import type { FileFault } from '@stockproof/file-imports';
import type { ChannelAddress, ChannelOrder, ShopState } from '@stockproof/sales-channel';
import type { Json } from '@stockproof/decider';
import { z } from 'zod';
import { ordersRead, unreadable, type OrderInFile, type OrdersRead } from './read-orders';
import { addressOrNull, momentOf, smallestUnits, someOf, textOrNull } from './values';

const text = z.string().nullish();
const address = z
  .looseObject({
    first_name: text,
    last_name: text,
    company: text,
    address_1: text,
    address_2: text,
    city: text,
    state: text,
    postcode: text,
  })
  .extend({ country: text, email: text, phone: text })
  .nullish();
const line = z.looseObject({
  id: z.union([z.number(), z.string()]).nullish(),
  name: text,
  sku: text,
  quantity: z.number().catch(0),
  price: z.union([z.number(), z.string()]).nullish(),
  virtual: z.boolean().nullish(),
});
const wooOrder = z.looseObject({
  id: z.union([z.number(), z.string()]).nullish(),
  number: z.union([z.number(), z.string()]).nullish(),
  status: z.string(),
  date_created_gmt: z.string(),
  currency: text,
  billing: address,
  shipping: address,
  shipping_lines: z.array(z.looseObject({ method_title: text, method_id: text })).nullish(),
  line_items: z.array(line),
  customer_note: text,
});
type WooOrder = z.infer<typeof wooOrder>;

/** WooCommerce's orders as its REST API answers them: a list, one order, or one order a line. */
export const readWooCommerceOrders = (file: string): OrdersRead => {
  const listed = listIn(file);
  if (typeof listed === 'string') return unreadable('no-woocommerce-orders', `These are no orders of WooCommerce: ${listed}`);
  return ordersRead(listed.map((each) => ('code' in each ? each : orderOf(each.given, each.row))));
};

type Given = { readonly row: number; readonly given: unknown } | FileFault;
type Parsed = { readonly outcome: 'parsed'; readonly json: unknown } | { readonly outcome: 'no-json'; readonly message: string };

const parsed = (json: string): Parsed => {
  try {
    return { outcome: 'parsed', json: JSON.parse(json) as unknown };
  } catch (error) {
    return { outcome: 'no-json', message: error instanceof Error ? error.message : String(error) };
  }
};

/** What stands in the file, by its place in the list or by its line; a sentence where it begins with nothing that could be an order. */
const listIn = (file: string): readonly Given[] | string => {
  const whole = parsed(file);
  if (whole.outcome === 'no-json') return linesIn(file, whole.message);
  const list: readonly unknown[] = Array.isArray(whole.json) ? whole.json : [whole.json];
  return list.map((given, at) => ({ row: at + 1, given }));
};

const linesIn = (file: string, why: string): readonly Given[] | string => {
  const lines = file.split('\n').flatMap((line, at) => (line.trim() === '' ? [] : [{ row: at + 1, ...parsed(line) }]));
  if (lines[0]?.outcome !== 'parsed') return why;
  return lines.map((line) =>
    line.outcome === 'parsed'
      ? { row: line.row, given: line.json }
      : { row: line.row, code: 'no-json', message: line.message.slice(0, 500) },
  );
};

const orderOf = (given: unknown, row: number): OrderInFile | FileFault => {
  const read = wooOrder.safeParse(given);
  if (!read.success)
    return {
      row,
      code: 'no-order',
      message: read.error.issues
        .map(({ path, message }) => `${path.join('.')}: ${message}`)
        .join('; ')
        .slice(0, 500),
    };
  const woo = read.data;
  const [orderNumber, placedAt] = [textOrNull(String(woo.number ?? woo.id ?? '')), momentOf(`${woo.date_created_gmt.replace(/Z$/, '')}Z`)];
  if (orderNumber === null) return { row, code: 'no-number', message: 'An order without a number' };
  if (placedAt === null) return { row, code: 'no-date', message: `"${woo.date_created_gmt}" is no moment` };
  return { row, item: { original: given as Json, order: mapped(woo, { orderNumber, placedAt }) } };
};

const mapped = (woo: WooOrder, { orderNumber, placedAt }: Pick<ChannelOrder, 'orderNumber' | 'placedAt'>): ChannelOrder => {
  const currency = textOrNull(woo.currency);
  const billTo = addressOf(woo.billing, woo.billing);
  return {
    orderNumber,
    state: stateOf(woo.status),
    placedAt,
    currency,
    // The shop itself sends to the billing address where no other is given.
    shipTo: addressOf(woo.shipping, woo.billing) ?? billTo,
    billTo,
    carrierService: textOrNull(woo.shipping_lines?.[0]?.method_title ?? woo.shipping_lines?.[0]?.method_id),
    warehouseCode: null,
    requestedShipDate: null,
    cancelAfter: null,
    note: textOrNull(woo.customer_note),
    tags: [],
    references: woo.id === null || woo.id === undefined ? {} : { wooId: String(woo.id) },
    lines: woo.line_items.map(({ id, name, sku, quantity, price, virtual }, at) => ({
      externalLineId: String(id ?? at + 1),
      sku: (sku ?? '').trim(),
      title: textOrNull(name),
      quantity,
      requiresShipping: virtual !== true,
      unitPrice: smallestUnits(price, currency),
      warehouseCode: null,
    })),
  };
};

const states: Readonly<Record<string, ShopState>> = {
  pending: 'unpaid',
  'on-hold': 'unpaid',
  'checkout-draft': 'unpaid',
  failed: 'failed',
  cancelled: 'cancelled',
  trash: 'cancelled',
  refunded: 'refunded',
  completed: 'fulfilled',
};

/** `processing`, and what plugins call by names of their own, is paid and wants to be shipped. */
const stateOf = (status: string): ShopState => states[status.replace(/^wc-/, '')] ?? 'open';

/** Phone and e-mail stand with the bill where the address has none. */
const addressOf = (given: WooOrder['billing'], bill: WooOrder['billing']): ChannelAddress | null => {
  if (given === null || given === undefined) return null;
  return addressOrNull({
    name: textOrNull([given.first_name, given.last_name].map((part) => (part ?? '').trim()).join(' ')),
    company: textOrNull(given.company),
    street: someOf(textOrNull(given.address_1), textOrNull(given.address_2)),
    postalCode: textOrNull(given.postcode),
    city: textOrNull(given.city),
    region: textOrNull(given.state),
    countryCode: textOrNull(given.country),
    phone: textOrNull(given.phone) ?? textOrNull(bill?.phone),
    email: textOrNull(given.email) ?? textOrNull(bill?.email),
  });
};
