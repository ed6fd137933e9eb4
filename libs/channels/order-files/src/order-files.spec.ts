import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPlainOrders } from './plain-orders';
import type { OrdersRead } from './read-orders';
import { readShopifyOrders } from './shopify-orders';
import { readWooCommerceOrders } from './woocommerce-orders';

const file = (name: string): string => readFileSync(join(__dirname, '..', '..', '..', '..', 'demo', 'files', name), 'utf8');
const read = (result: OrdersRead) => {
  if (result.outcome !== 'read') throw new Error(result.message);
  return { orders: result.rows.map(({ item }) => item.order), rows: result.rows, faults: result.faults };
};

const shopifyHead =
  'Name,Email,Financial Status,Fulfillment Status,Currency,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping,Shipping Name,Shipping Address1,Shipping Zip,Shipping City,Shipping Country,Notes,Cancelled at,Tags\n';
const shopify = (...rows: readonly string[]) => read(readShopifyOrders(shopifyHead + rows.map((row) => `${row}\n`).join('')));

describe("Shopify's export of orders", () => {
  it('is read as the shop writes it: several rows an order, quoted line ends, apostrophes before postal codes', () => {
    const { orders, faults } = read(readShopifyOrders(`\ufeff${file('shopify-orders.csv')}`));
    expect(faults).toEqual([]);
    expect(orders).toHaveLength(182);
    expect(orders[0]).toMatchObject({
      orderNumber: '#1001',
      state: 'open',
      placedAt: '2026-01-05T07:12:00.000Z',
      currency: 'EUR',
      note: 'Please ring twice,\nthe bell is "slow".',
      tags: ['gift', 'wholesale'],
      shipTo: { name: 'Käthe Hoffmann', postalCode: '20095', city: 'Hamburg', countryCode: 'DE' },
      lines: [{ externalLineId: '1', sku: 'KEEMUN-50', quantity: 1, unitPrice: 305, requiresShipping: true }],
    });
    expect(orders[1]?.lines.map(({ externalLineId }) => externalLineId)).toEqual(['1', '2']);
  });

  it.each([
    ['paid', '', '', 'open'],
    ['partially_refunded', '', '', 'open'],
    ['pending', '', '', 'unpaid'],
    ['authorized', '', '', 'unpaid'],
    ['refunded', '', '', 'refunded'],
    ['voided', '', '', 'cancelled'],
    ['paid', '', '2026-01-02 10:00:00 +0100', 'cancelled'],
    ['paid', 'fulfilled', '', 'fulfilled'],
    ['paid', 'partial', '', 'open'],
  ])('%s, "%s", cancelled "%s": %s', (money, goods, cancelled, state) => {
    const { orders } = shopify(
      `#1,a@b.c,${money},${goods},EUR,2026-01-01 10:00:00 +0100,1,Tea,3.00,TEA,true,Ada,Street 1,'10115,Berlin,DE,,${cancelled},`,
    );
    expect(orders[0]?.state).toBe(state);
  });

  it('lets what only validation may judge come through', () => {
    const { orders } = shopify('#1,,paid,,JPY,2026-01-01 10:00:00 +0100,1.5,Tea,300,,false,,,,,,,,', '#1,,,,,,abc,Cup,,CUP,,,,,,,,,');
    expect(orders[0]?.shipTo).toBeNull();
    expect(orders[0]?.lines).toMatchObject([
      { sku: '', quantity: 1.5, unitPrice: 300, requiresShipping: false },
      { sku: 'CUP', quantity: 0, unitPrice: null, requiresShipping: true },
    ]);
  });

  it('names what is no order by its line, and reads the rest', () => {
    const { orders, faults } = shopify(
      '#1,,paid,,EUR,2026-02-30 10:00:00 +0100,1,Tea,3,TEA,true,,,,,,,,',
      '#9,,,,,,1,Lost,3,LOST,true,,,,,,,,',
      ',,paid,,EUR,2026-01-01 10:00:00 +0100,1,Tea,3,TEA,true,,,,,,,,',
      '#2,,paid,,EUR,2026-01-01 10:00:00 +0100,1,Tea,3,TEA,true,,,,,,,,',
    );
    expect(orders.map(({ orderNumber }) => orderNumber)).toEqual(['#2']);
    expect(faults.map(({ row, code }) => [row, code])).toEqual([
      [2, 'no-date'],
      [3, 'no-order'],
      [4, 'no-number'],
    ]);
  });

  it('repeats in further rows when the order was made, or – filled by a tool – everything, and is still one order', () => {
    const row = (line: string, rest = 'paid,,EUR') => `#1,a@b.c,${rest},2026-01-01 10:00:00 +0100,1,${line},3.00,${line},true,,,,,,,,`;
    expect(shopify(row('TEA'), row('CUP', ',,'), row('POT')).orders.map(({ lines }) => lines.map(({ sku }) => sku))).toEqual([
      ['TEA', 'CUP', 'POT'],
    ]);
  });

  it('that names an order twice is taken once: the same again is the same, anything else is a fault', () => {
    const row = (name: string, line: string) => `${name},,paid,,EUR,2026-01-01 10:00:00 +0100,1,Tea,3,${line},true,,,,,,,,`;
    const { rows, faults } = shopify(row('#1', 'TEA'), row('#1', 'TEA'), row('#2', 'TEA'), row('#1', 'CUP'));
    expect(rows.map(({ row: at, item }) => [at, item.order.orderNumber])).toEqual([
      [2, '#1'],
      [3, '#1'],
      [4, '#2'],
    ]);
    expect(faults).toEqual([{ row: 5, code: 'order-twice', message: expect.stringContaining('row 2') }]);
  });

  it.each([
    ['columns that are missing', 'Name,Total\n#1,3\n', /columns are missing: Financial Status/],
    ['no rows', shopifyHead, /no rows/],
    ['a quote that never ends', `${shopifyHead}"#1,\n`, /Quote/i],
    ['a cell without end', `${shopifyHead}#1,${'x'.repeat(300_000)}\n`, /size/i],
  ])('is refused as a whole: %s', (_, text, message) => {
    expect(readShopifyOrders(text)).toMatchObject({
      outcome: 'unreadable',
      code: 'no-shopify-export',
      message: expect.stringMatching(message),
    });
  });

  it('of 10,000 rows is read within moments', () => {
    const row = '#N,a@b.c,paid,,EUR,2026-01-01 10:00:00 +0100,1,Tea,3.00,TEA,true,Ada,Street 1,10115,Berlin,DE,,,';
    const began = performance.now();
    expect(shopify(...Array.from({ length: 10_000 }, (_, at) => row.replace('N', String(at)))).orders).toHaveLength(10_000);
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});

describe("WooCommerce's orders", () => {
  it('are read as its REST API answers them', () => {
    const { orders, faults } = read(readWooCommerceOrders(file('woocommerce-orders.json')));
    expect(faults).toEqual([]);
    expect(orders).toHaveLength(151);
    expect(orders[0]).toMatchObject({
      orderNumber: '50211',
      state: 'open',
      placedAt: '2026-01-06T06:40:00.000Z',
      references: { wooId: '7000' },
    });
    expect(orders[0]?.shipTo?.email).toContain('@example.com');
    expect(orders.filter(({ state }) => state !== 'open').map(({ state }) => state)).toEqual([
      'unpaid',
      'cancelled',
      'refunded',
      'fulfilled',
    ]);
  });

  const order = {
    number: 7,
    status: 'processing',
    date_created_gmt: '2026-01-01T10:00:00',
    line_items: [{ id: 3, sku: ' TEA ', quantity: 2, price: 3.055 }],
  };

  it('may come one a line, go to the billing address where no other is given, and be of any status', () => {
    const bill = { first_name: 'Ada', last_name: 'Example', address_1: 'Street 1', postcode: '1', city: 'B', country: 'DE', phone: '1' };
    const nowhere = { first_name: '', address_1: '', city: '', postcode: '' };
    const lines = [order, { ...order, number: 8, status: 'wc-on-hold', currency: 'EUR', billing: bill, shipping: nowhere }].map((each) =>
      JSON.stringify(each),
    );
    expect(read(readWooCommerceOrders(lines.join('\n'))).orders).toMatchObject([
      { orderNumber: '7', state: 'open', shipTo: null, lines: [{ externalLineId: '3', sku: 'TEA', quantity: 2, unitPrice: 306 }] },
      { orderNumber: '8', state: 'unpaid', shipTo: { name: 'Ada Example', phone: '1' } },
    ]);
  });

  it('one a line are named by their line where they are none', () => {
    const order = (number: string) =>
      JSON.stringify({ number, status: 'processing', date_created_gmt: '2026-01-01T10:00:00', line_items: [] });
    const { rows, faults } = read(readWooCommerceOrders(`${order('1')}\n\n{"number": \n${order('2')}\n`));
    expect(rows.map(({ row }) => row)).toEqual([1, 4]);
    expect(faults).toEqual([{ row: 3, code: 'no-json', message: expect.any(String) }]);
  });

  it('that are none are named by their place, and a file that is none is refused', () => {
    const { orders, faults } = read(
      readWooCommerceOrders(JSON.stringify([7, { ...order, date_created_gmt: '2026-02-30T10:00:00' }, order, { status: 'x' }])),
    );
    expect(orders).toHaveLength(1);
    expect(faults.map(({ row, code }) => [row, code])).toEqual([
      [1, 'no-order'],
      [2, 'no-date'],
      [4, 'no-order'],
    ]);
    expect(readWooCommerceOrders('<html>')).toMatchObject({ outcome: 'unreadable', code: 'no-woocommerce-orders' });
  });
});

describe('plain orders', () => {
  it('are one row a line', () => {
    const { orders, faults } = read(
      readPlainOrders(
        'order_number,order_date,sku,quantity,name,street,postal_code,city,country\nA,2026-01-01T10:00:00Z,TEA,2,Ada,S 1,1,B,DE\nA,,CUP,1\nB,yesterday,TEA,1\n',
      ),
    );
    expect(orders).toMatchObject([
      { orderNumber: 'A', shipTo: { name: 'Ada', street: ['S 1'] }, lines: [{ sku: 'TEA', quantity: 2 }, { sku: 'CUP' }] },
    ]);
    expect(faults).toMatchObject([{ row: 4, code: 'no-date' }]);
    expect(readPlainOrders('a,b\n1,2\n')).toMatchObject({ outcome: 'unreadable', code: 'no-orders-csv' });
  });

  it('may be separated by semicolons, and say when to ship only with a moment that exists', () => {
    const head = 'order_number;order_date;sku;quantity;requested_ship_date\n';
    const { orders, faults } = read(
      readPlainOrders(
        `\ufeff${head}A1;2026-01-01T10:00:00Z;TEA;2;2026-01-05T00:00:00Z\nA2;2026-01-01T10:00:00Z;TEA;2;2026-02-30T00:00:00Z\n`,
      ),
    );
    expect(orders).toMatchObject([
      { orderNumber: 'A1', requestedShipDate: '2026-01-05T00:00:00.000Z', lines: [{ sku: 'TEA', quantity: 2 }] },
    ]);
    expect(faults.map(({ row, code }) => [row, code])).toEqual([[3, 'no-date']]);
  });
});
