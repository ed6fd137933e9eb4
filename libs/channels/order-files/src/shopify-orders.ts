import { isDeepStrictEqual } from 'node:util';
import type { ChannelAddress, ChannelOrder, ChannelOrderLine, ShopState } from '@stockproof/sales-channel';
import { csvRecords, type CsvRecord, type CsvRow, type FileFault } from '@stockproof/file-imports';
import { ordersRead, unreadable, type OrderInFile, type OrdersRead } from './read-orders';
import { addressOrNull, listOf, momentOf, quantityOf, smallestUnits, someOf, textOrNull } from './values';

const needed = ['Name', 'Financial Status', 'Created at', 'Lineitem quantity', 'Lineitem name', 'Lineitem sku'];

/** Shopify's export of orders: the first row of an order says everything, further rows name it, when it was made, and one more line each. */
export const readShopifyOrders = (text: string): OrdersRead => {
  const rows = csvRecords(text, needed);
  if (typeof rows === 'string') return unreadable('no-shopify-export', `This is no export of Shopify's orders: ${rows}`);
  return ordersRead(ordersIn(rows));
};

/** Says what only the first row of an order says. `Created at` is no sign of it: Shopify repeats that in each row. */
const isHead = ({ record }: CsvRow): boolean =>
  ['Financial Status', 'Currency', 'Total'].some((column) => textOrNull(record[column]) !== null);

/** What a tool that fills empty cells repeats in each row of an order. */
const filledDown = ['Name', 'Financial Status', 'Created at', 'Total'];

/** A further line of the order, as Shopify writes it or with the cells filled from above; the very same row again is no further line. */
const goesOn = (group: readonly CsvRow[] | undefined, row: CsvRow): boolean => {
  const head = group?.[0]?.record;
  if (group === undefined || head === undefined || head['Name'] !== row.record['Name']) return false;
  if (!isHead(row)) return true;
  const isOfHead = filledDown.every((column) => head[column] === row.record[column]);
  return isOfHead && !group.some(({ record }) => isDeepStrictEqual(record, row.record));
};

const ordersIn = (rows: readonly CsvRow[]): readonly (OrderInFile | FileFault)[] => {
  const groups: CsvRow[][] = [];
  const lost: FileFault[] = [];
  for (const row of rows) {
    const current = groups.at(-1);
    if (goesOn(current, row)) current?.push(row);
    else if (isHead(row)) groups.push([row]);
    else lost.push({ row: row.row, code: 'no-order', message: 'A line that belongs to no order: the first row of its order is missing' });
  }
  return [...groups.map(orderOf), ...lost].toSorted((one, other) => one.row - other.row);
};

const orderOf = (rows: readonly CsvRow[]): OrderInFile | FileFault => {
  const [first] = rows;
  const { row = 0, record: head = {} } = first ?? {};
  const [orderNumber, placedAt] = [textOrNull(head['Name']), momentOf(head['Created at'] ?? '')];
  if (orderNumber === null) return { row, code: 'no-number', message: 'An order without a name' };
  if (placedAt === null) return { row, code: 'no-date', message: `"${head['Created at'] ?? ''}" is no moment` };
  const currency = textOrNull(head['Currency']);
  const order: ChannelOrder = {
    orderNumber,
    state: stateOf(head),
    placedAt,
    currency,
    shipTo: addressIn(head, 'Shipping'),
    billTo: addressIn(head, 'Billing'),
    carrierService: textOrNull(head['Shipping Method']),
    warehouseCode: null,
    requestedShipDate: null,
    cancelAfter: null,
    note: textOrNull(head['Notes']),
    tags: listOf(head['Tags']),
    references: Object.fromEntries(
      [['shopifyId', textOrNull(head['Id'])] as const, ['paymentReference', textOrNull(head['Payment Reference'])] as const].flatMap(
        ([name, value]) => (value === null ? [] : [[name, value]]),
      ),
    ),
    lines: rows.map(({ record }, at) => lineOf(record, at, currency)),
  };
  return { row, item: { original: rows.map(({ record }) => said(record)), order } };
};

/** The export names no lines: they are called by their place in the order. */
const lineOf = (record: CsvRecord, at: number, currency: string | null): ChannelOrderLine => ({
  externalLineId: String(at + 1),
  sku: (record['Lineitem sku'] ?? '').trim(),
  title: textOrNull(record['Lineitem name']),
  quantity: quantityOf(record['Lineitem quantity'] ?? ''),
  requiresShipping: (record['Lineitem requires shipping'] ?? 'true').trim().toLowerCase() !== 'false',
  unitPrice: smallestUnits(record['Lineitem price'], currency),
  warehouseCode: null,
});

const stateOf = (head: CsvRecord): ShopState => {
  const money = (head['Financial Status'] ?? '').trim().toLowerCase();
  if (textOrNull(head['Cancelled at']) !== null || money === 'voided') return 'cancelled';
  if (money === 'refunded') return 'refunded';
  if ((head['Fulfillment Status'] ?? '').trim().toLowerCase() === 'fulfilled') return 'fulfilled';
  return ['paid', 'partially_refunded'].includes(money) ? 'open' : 'unpaid';
};

/** Spreadsheets are kept from reading postal codes as numbers by an apostrophe. */
const withoutApostrophe = (text: string | undefined): string | null => textOrNull((text ?? '').trim().replace(/^'/, ''));

const addressIn = (head: CsvRecord, side: 'Shipping' | 'Billing'): ChannelAddress | null => {
  const field = (name: string) => textOrNull(head[`${side} ${name}`]);
  return addressOrNull({
    name: field('Name'),
    company: field('Company'),
    street: someOf(field('Address1') ?? field('Street'), field('Address2')),
    postalCode: withoutApostrophe(head[`${side} Zip`]),
    city: field('City'),
    region: field('Province'),
    countryCode: field('Country'),
    phone: withoutApostrophe(head[`${side} Phone`]),
    email: textOrNull(head['Email']),
  });
};

/** What was said, without the many empty cells. */
const said = (record: CsvRecord): Record<string, string> => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== ''));
