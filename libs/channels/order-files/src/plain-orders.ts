import type { ChannelOrder } from '@stockproof/sales-channel';
import { csvRecords, type CsvRecord, type CsvRow, type FileFault } from '@stockproof/file-imports';
import { ordersRead, unreadable, type OrderInFile, type OrdersRead } from './read-orders';
import { addressOrNull, listOf, momentOf, quantityOf, smallestUnits, someOf, textOrNull } from './values';

const needed = ['order_number', 'order_date', 'sku', 'quantity'];

/** Stockproof's own format: one row a line; rows of one number that follow each other are one order, whose first row says the rest. */
export const readPlainOrders = (text: string): OrdersRead => {
  const rows = csvRecords(text, needed);
  if (typeof rows === 'string') return unreadable('no-orders-csv', `This is no file of orders: ${rows}`);
  const groups: CsvRow[][] = [];
  for (const row of rows) {
    const current = groups.at(-1);
    if (current?.[0]?.record['order_number'] === row.record['order_number']) current?.push(row);
    else groups.push([row]);
  }
  return ordersRead(groups.map(orderOf));
};

const momentIn = (record: CsvRecord, column: string) => momentOf(record[column] ?? '');

/** They may be left out; where something stands there it must be a moment. */
const dateColumns = ['requested_ship_date', 'cancel_after'];

const orderOf = (rows: readonly CsvRow[]): OrderInFile | FileFault => {
  const { row = 0, record: head = {} } = rows[0] ?? {};
  const [orderNumber, placedAt] = [textOrNull(head['order_number']), momentIn(head, 'order_date')];
  if (orderNumber === null) return { row, code: 'no-number', message: 'An order without a number' };
  if (placedAt === null) return { row, code: 'no-date', message: `"${head['order_date'] ?? ''}" is no moment with a zone` };
  const noDate = dateColumns.find((column) => textOrNull(head[column]) !== null && momentIn(head, column) === null);
  if (noDate !== undefined) return { row, code: 'no-date', message: `"${head[noDate]}" in ${noDate} is no moment with a zone` };
  const currency = textOrNull(head['currency']);
  const order: ChannelOrder = {
    ...{ orderNumber, placedAt, currency, state: 'open', shipTo: shipToIn(head), billTo: null },
    carrierService: textOrNull(head['carrier_service']),
    warehouseCode: textOrNull(head['warehouse']),
    requestedShipDate: momentIn(head, 'requested_ship_date'),
    cancelAfter: momentIn(head, 'cancel_after'),
    note: textOrNull(head['note']),
    tags: listOf(head['tags']),
    references: {},
    lines: rows.map(({ record }, at) => lineOf(record, at, currency)),
  };
  return { row, item: { original: rows.map(({ record }) => ({ ...record })), order } };
};

const lineOf = (record: CsvRecord, at: number, currency: string | null): ChannelOrder['lines'][number] => ({
  externalLineId: textOrNull(record['line']) ?? String(at + 1),
  sku: (record['sku'] ?? '').trim(),
  title: textOrNull(record['title']),
  quantity: quantityOf(record['quantity'] ?? ''),
  requiresShipping: (record['requires_shipping'] ?? 'true').trim().toLowerCase() !== 'false',
  unitPrice: smallestUnits(record['unit_price'], currency),
  warehouseCode: textOrNull(record['line_warehouse']),
});

const shipToIn = (head: CsvRecord) =>
  addressOrNull({
    name: textOrNull(head['name']),
    company: textOrNull(head['company']),
    street: someOf(textOrNull(head['street']), textOrNull(head['street_2'])),
    postalCode: textOrNull(head['postal_code']),
    city: textOrNull(head['city']),
    region: textOrNull(head['region']),
    countryCode: textOrNull(head['country']),
    phone: textOrNull(head['phone']),
    email: textOrNull(head['email']),
  });
