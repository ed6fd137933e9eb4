import { articles, bundles, startingStock, type Abundance } from './assortment';
import type { DemoOrder } from './orders';

const cell = (value: string | number): string =>
  /[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);

/** RFC 4180, with the line ends that shops write. */
export const csv = (header: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [header, ...rows].map((row) => `${row.map(cell).join(',')}\n`).join('');

const price = (sku: string): string =>
  articles.find((article) => article.sku === sku)?.price ?? bundles.find((bundle) => bundle.sku === sku)?.price ?? '5.00';
const nameOf = (sku: string): string => articles.find((article) => article.sku === sku)?.name ?? `${sku || 'Something'} (custom item)`;
const inTwo = (value: number): string => value.toString().padStart(2, '0');

/** `2026-01-15 09:12:33 +0100`, as Shopify writes moments of a shop in Berlin. */
const shopifyTime = (at: Date): string => {
  const local = new Date(at.getTime() + 3_600_000);
  const day = `${local.getUTCFullYear()}-${inTwo(local.getUTCMonth() + 1)}-${inTwo(local.getUTCDate())}`;
  return `${day} ${inTwo(local.getUTCHours())}:${inTwo(local.getUTCMinutes())}:${inTwo(local.getUTCSeconds())} +0100`;
};

const shopifyColumns = [
  ...['Name', 'Email', 'Financial Status', 'Paid at', 'Fulfillment Status', 'Fulfilled at', 'Accepts Marketing', 'Currency', 'Subtotal'],
  ...['Shipping', 'Taxes', 'Total', 'Discount Code', 'Discount Amount', 'Shipping Method', 'Created at', 'Lineitem quantity'],
  ...['Lineitem name', 'Lineitem price', 'Lineitem compare at price', 'Lineitem sku', 'Lineitem requires shipping', 'Lineitem taxable'],
  ...['Lineitem fulfillment status', 'Billing Name', 'Billing Street', 'Billing Address1', 'Billing Address2', 'Billing Company'],
  ...['Billing City', 'Billing Zip', 'Billing Province', 'Billing Country', 'Billing Phone', 'Shipping Name', 'Shipping Street'],
  ...['Shipping Address1', 'Shipping Address2', 'Shipping Company', 'Shipping City', 'Shipping Zip', 'Shipping Province'],
  ...['Shipping Country', 'Shipping Phone', 'Notes', 'Note Attributes', 'Cancelled at', 'Payment Method', 'Payment Reference'],
  ...['Refunded Amount', 'Vendor', 'Id', 'Tags', 'Risk Level', 'Source', 'Lineitem discount', 'Phone', 'Receipt Number'],
] as const;

type ShopifyRow = Partial<Record<(typeof shopifyColumns)[number], string | number>>;

const financialStatus = ({ trouble }: DemoOrder): string =>
  trouble === 'unpaid' ? 'pending' : trouble === 'refunded' ? 'refunded' : trouble === 'cancelled' ? 'voided' : 'paid';

const shipToOf = ({ trouble, address }: DemoOrder): ShopifyRow =>
  trouble === 'no-address'
    ? {}
    : {
        'Shipping Name': address.name,
        'Shipping Street': address.street,
        'Shipping Address1': address.street,
        'Shipping City': address.city,
        'Shipping Zip': `'${address.zip}`,
        'Shipping Country': address.country,
        'Shipping Phone': address.phone,
      };

/** The first row of an order says everything; the others only name it and their line. */
const shopifyRows = (order: DemoOrder, index: number): readonly ShopifyRow[] => {
  const { number, address, placedAt, trouble, lines } = order;
  const at = shopifyTime(placedAt);
  const isFulfilled = trouble === 'fulfilled';
  const total = lines.reduce((sum, { sku, quantity }) => sum + Number(price(sku)) * quantity, 0).toFixed(2);
  const lineRow = ({ sku, quantity }: DemoOrder['lines'][number]): ShopifyRow => ({
    Name: number,
    Email: address.email,
    'Lineitem quantity': quantity,
    'Lineitem name': nameOf(sku),
    'Lineitem price': price(sku),
    'Lineitem sku': sku,
    'Lineitem requires shipping': 'true',
    'Lineitem taxable': 'true',
    'Lineitem fulfillment status': isFulfilled ? 'fulfilled' : 'pending',
    'Lineitem discount': '0.00',
    Vendor: 'Tea & Table',
  });
  const head: ShopifyRow = {
    'Financial Status': financialStatus(order),
    'Paid at': financialStatus(order) === 'pending' ? '' : at,
    'Fulfillment Status': isFulfilled ? 'fulfilled' : 'unfulfilled',
    'Fulfilled at': isFulfilled ? at : '',
    'Accepts Marketing': index % 3 === 0 ? 'yes' : 'no',
    Currency: 'EUR',
    Subtotal: total,
    Shipping: '4.90',
    Taxes: '0.00',
    Total: (Number(total) + 4.9).toFixed(2),
    'Shipping Method': order.shippingMethod,
    'Created at': at,
    'Billing Name': address.name,
    'Billing City': address.city,
    'Billing Zip': `'${address.zip}`,
    'Billing Country': address.country,
    Notes: index % 17 === 0 ? 'Please ring twice,\nthe bell is "slow".' : '',
    'Cancelled at': trouble === 'cancelled' ? at : '',
    'Payment Method': 'Shopify Payments',
    'Refunded Amount': trouble === 'refunded' ? total : '0.00',
    Id: String(5_400_000_000_000 + index),
    Tags: index % 11 === 0 ? 'gift, wholesale' : '',
    'Risk Level': 'Low',
    Source: 'web',
    ...shipToOf(order),
  };
  return lines.map((line, at2) => (at2 === 0 ? { ...lineRow(line), ...head } : lineRow(line)));
};

/** Each order, with those once more that stand in the file twice. */
const withRepeats = (orders: readonly DemoOrder[], repeated: readonly number[]): readonly (readonly [DemoOrder, number])[] =>
  orders.flatMap((order, index) => {
    const again = repeated.includes(index) ? orders[index - 10] : undefined;
    return again === undefined ? [[order, index] as const] : [[again, index - 10] as const, [order, index] as const];
  });

export const shopifyFile = (orders: readonly DemoOrder[], repeated: readonly number[]): string =>
  csv(
    shopifyColumns,
    withRepeats(orders, repeated)
      .flatMap(([order, index]) => shopifyRows(order, index))
      .map((row) => shopifyColumns.map((column) => row[column] ?? '')),
  );

const wooStatus = ({ trouble }: DemoOrder): string => {
  switch (trouble) {
    case 'unpaid':
      return 'pending';
    case 'cancelled':
      return 'cancelled';
    case 'refunded':
      return 'refunded';
    case 'fulfilled':
      return 'completed';
    default:
      return 'processing';
  }
};

const nowhere = {
  first_name: '',
  last_name: '',
  company: '',
  address_1: '',
  address_2: '',
  city: '',
  state: '',
  postcode: '',
  country: '',
};

const wooAddress = ({ address, trouble }: DemoOrder): object => {
  const [first = '', ...last] = address.name.split(' ');
  if (trouble === 'no-address') return nowhere;
  const person = { first_name: first, last_name: last.join(' '), company: '', address_1: address.street, address_2: '' };
  return { ...person, city: address.city, state: '', postcode: address.zip, country: address.country };
};

const wooLines = ({ lines }: DemoOrder, index: number): readonly object[] =>
  lines.map(({ sku, quantity }, at) => ({
    ...{ id: (7_000 + index) * 10 + at, name: nameOf(sku), product_id: 100 + at, variation_id: 0, quantity, tax_class: '' },
    ...{ subtotal: (Number(price(sku)) * quantity).toFixed(2), total: (Number(price(sku)) * quantity).toFixed(2) },
    ...{ sku, price: Number(price(sku)), meta_data: [] },
  }));

const wooOrder = (order: DemoOrder, index: number): object => {
  const { number, address, placedAt, lines, trouble, shippingMethod } = order;
  const phone = trouble === 'no-address' ? '' : address.phone;
  const total = lines.reduce((sum, { sku, quantity }) => sum + Number(price(sku)) * quantity, 0);
  const created = placedAt.toISOString().slice(0, 19);
  return {
    ...{ id: 7_000 + index, parent_id: 0, number, order_key: `wc_order_${index}`, created_via: 'checkout', version: '9.4.2' },
    ...{ status: wooStatus(order), currency: 'EUR', date_created: created, date_created_gmt: created, date_modified_gmt: created },
    ...{ discount_total: '0.00', shipping_total: '4.90', total: (total + 4.9).toFixed(2), customer_id: index % 40 },
    customer_note: index % 13 === 0 ? 'Leave it with the neighbour' : '',
    billing: { ...wooAddress(order), email: address.email, phone },
    shipping: { ...wooAddress(order), phone },
    ...{ payment_method: 'stripe', payment_method_title: 'Card', date_paid_gmt: trouble === 'unpaid' ? null : created },
    meta_data: [{ id: 1, key: '_wc_order_attribution_source_type', value: 'organic' }],
    line_items: wooLines(order, index),
    shipping_lines: [{ id: 1, method_title: shippingMethod, method_id: shippingMethod.toLowerCase().replaceAll(' ', '_'), total: '4.90' }],
    ...{ fee_lines: [], coupon_lines: [], refunds: [] },
  };
};

export const wooFile = (orders: readonly DemoOrder[], repeated: readonly number[]): string =>
  `${JSON.stringify(
    withRepeats(orders, repeated).map(([order, index]) => wooOrder(order, index)),
    null,
    1,
  )}\n`;

export const productsFile = (): string =>
  csv(
    ['product', 'title', 'sku', 'name', 'barcode', 'weight_g', 'price', 'currency', 'components'],
    [
      ...articles.map(({ product, title, sku, name, barcode, weightG, price: amount }) => [
        product,
        title,
        sku,
        name,
        barcode,
        weightG,
        amount,
        'EUR',
        '',
      ]),
      ...bundles.map(({ product, title, sku, name, price: amount, components }) => [
        ...[product, title, sku, name, '', '', amount, 'EUR'],
        components.map((component) => `${component.sku}*${component.quantity}`).join('|'),
      ]),
    ],
  );

/** Units of every article in every warehouse, zeros too. */
export const stockFile = (): string =>
  csv(
    ['sku', 'warehouse', 'quantity'],
    articles.flatMap(({ sku, abundance }) =>
      Object.entries(startingStock[abundance satisfies Abundance]).map(([code, quantity]) => [sku, code, quantity]),
    ),
  );
