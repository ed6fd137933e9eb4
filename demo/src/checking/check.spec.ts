import { check } from './check';
import type { Said, SaidLevel, SaidLine, SaidOrder } from './said';
import type { Truth } from './truth';

const entries = [
  { place: 'warehouses/t-NORTH', kind: 'shipment-taken', shipmentId: 's1', orderNumber: '#1', lines: [] },
  {
    place: 'warehouses/t-NORTH',
    kind: 'shipment-left',
    shipmentId: 's1',
    orderNumber: '#1',
    lines: [{ lineNumber: 1, sku: 'TEA', quantity: 3 }],
  },
  { place: 'warehouses/t-NORTH', kind: 'shipment-taken', shipmentId: 's2', orderNumber: '#2', lines: [] },
  {
    place: 'warehouses/t-NORTH',
    kind: 'shipment-left',
    shipmentId: 's2',
    orderNumber: '#2',
    lines: [{ lineNumber: 1, sku: 'TEA', quantity: 2 }],
  },
  { place: 'warehouses/t-NORTH', kind: 'shipment-taken', shipmentId: 's3', orderNumber: '#3', lines: [] },
  {
    place: 'warehouses/t-NORTH',
    kind: 'shipment-left',
    shipmentId: 's3',
    orderNumber: '#3',
    lines: [{ lineNumber: 1, sku: 'CUP', quantity: 1 }],
  },
  { place: 'warehouses/t-NORTH', kind: 'shipment-taken', shipmentId: 's6', orderNumber: '#6', lines: [] },
  { place: 'warehouses/t-NORTH', kind: 'purchase-order-taken', purchaseOrderNumber: 'PO' },
  { place: 'warehouses/t-NORTH', kind: 'goods-received', purchaseOrderNumber: 'PO', lines: [{ lineNumber: 1, sku: 'TEA', quantity: 5 }] },
  told('#1', 'shipped', [{ sku: 'TEA', shippedQuantity: 3 }], [{ shipmentId: 's1', packageId: 'p1' }]),
  told('#2', 'shipped', [{ sku: 'SET', shippedQuantity: 1 }], [{ shipmentId: 's2', packageId: 'p1' }]),
  told('#3', 'shipped', [{ sku: 'CUP', shippedQuantity: 1 }], [{ shipmentId: 's3', packageId: 'p1' }]),
  told('#6', 'fulfilling', [], []),
  { place: 'shops/t-web', kind: 'stock-told', stock: { mode: 'changes', rows: [offer('TEA', 14), offer('Tasse', 0), offer('SET', 7)] } },
  { place: 'warehouses/t-NORTH', kind: 'products-told', products: [{ variants: [{ sku: 'TEA', title: 'Better tea' }] }] },
].map((entry, seq) => ({ seq, ...entry }));

function told(orderNumber: string, status: string, lines: readonly object[], packages: readonly object[]) {
  return { place: 'shops/t-web', kind: 'order-told', orderNumber, update: { status, lines, packages } };
}
function offer(sku: string, quantity: number) {
  return { sku, warehouseCode: null, quantity };
}

const wanted = (number: string, sku: string, quantity: number, hour: number) =>
  ({ shop: 'web', number, placedAt: `2026-01-01T0${hour}:00:00.000Z`, lines: [{ sku, quantity }], becomes: 'order' }) as const;

const truth: Truth = {
  imported: [
    { sku: 'TEA', warehouse: 'NORTH', quantity: 10 },
    { sku: 'TEA', warehouse: 'SOUTH', quantity: 5 },
    { sku: 'CUP', warehouse: 'NORTH', quantity: 1 },
  ],
  virtual: { code: 'ALL', members: ['NORTH', 'SOUTH'] },
  bundles: new Map([['SET', [{ sku: 'TEA', quantity: 2 }]]]),
  orders: [
    wanted('#1', 'TEA', 3, 1),
    wanted('#2', 'SET', 1, 2),
    wanted('#3', 'CUP', 1, 3),
    wanted('#4', 'CUP', 1, 4),
    { ...wanted('#5', 'NOTHING', 1, 5), becomes: { state: 'waiting', code: 'unknown-sku' } },
    wanted('#6', 'TEA', 1, 6),
  ],
  scarce: ['CUP'],
  purchaseOrders: [{ number: 'PO', lines: [{ sku: 'TEA', quantity: 5 }] }],
  publishedTo: ['web'],
  nameIn: (_, sku) => (sku === 'CUP' ? 'Tasse' : sku),
  products: { source: 'shops/t-web', others: ['warehouses/t-NORTH'], changed: [{ sku: 'TEA', name: 'Better tea' }] },
  placeOf: (kind, code) => `${kind}/t-${code}`,
  journal: entries,
};

const level = (sku: string, warehouse: string, total: number, allocated: number): SaidLevel => ({
  ...{ sku, warehouse, kind: warehouse === 'ALL' ? 'virtual' : 'physical', total, allocated },
  ...{ unsellable: 0, held: 0, incoming: 0, available: total - allocated },
});
const line = (sku: string, parts: Partial<SaidLine>): SaidLine => ({
  sku,
  shipped: 0,
  allocated: 0,
  backordered: 0,
  cancelled: 0,
  open: 0,
  ...parts,
});
const order = (number: string, status: string, said: SaidLine, shipments: readonly string[]): SaidOrder => ({
  ...{ shop: 'web', number, orderDate: '', status, backordered: said.backordered > 0, lines: [said] },
  shipments: shipments.map((shipmentId) => ({
    shipmentId,
    warehouse: 'NORTH',
    status: status === 'shipped' ? 'shipped' : 'sent-to-warehouse',
    failed: false,
  })),
});

const said: Said = {
  levels: [
    level('TEA', 'NORTH', 10, 1),
    level('TEA', 'SOUTH', 5, 0),
    level('TEA', 'ALL', 15, 1),
    level('CUP', 'NORTH', 0, 0),
    level('CUP', 'ALL', 0, 0),
  ],
  orders: [
    order('#1', 'shipped', line('TEA', { shipped: 3 }), ['s1']),
    order('#2', 'shipped', line('SET', { shipped: 1 }), ['s2']),
    order('#3', 'shipped', line('CUP', { shipped: 1 }), ['s3']),
    order('#4', 'approved', line('CUP', { backordered: 1 }), []),
    order('#6', 'fulfilling', line('TEA', { allocated: 1 }), ['s6']),
  ],
  incoming: [{ shop: 'web', number: '#5', state: 'waiting', codes: ['unknown-sku'] }],
  purchaseOrders: [{ number: 'PO', status: 'received', lines: [{ sku: 'TEA', ordered: 5, received: 5 }] }],
};

const levels = (change: (level: SaidLevel) => Partial<SaidLevel>): Said => ({
  ...said,
  levels: said.levels.map((each) => ({ ...each, ...change(each) })),
});
const orders = (number: string, change: (order: SaidOrder) => Partial<SaidOrder>): Said => ({
  ...said,
  orders: said.orders.map((each) => (each.number === number ? { ...each, ...change(each) } : each)),
});
const journal = (change: (entry: (typeof entries)[number]) => readonly object[]): Truth => ({
  ...truth,
  journal: entries.flatMap(change) as Truth['journal'],
});

/** One doctored answer for each invariant: what the product, or the shop, would have to say for exactly this line to be false. */
const doctored: readonly (readonly [invariant: string, said: Said, truth: Truth])[] = [
  ['units on hand', levels(({ sku, warehouse, total }) => (sku === 'TEA' && warehouse !== 'NORTH' ? { total: total + 1 } : {})), truth],
  ['0 ≤ allocated', levels(({ sku, warehouse }) => (sku === 'CUP' && warehouse !== 'SOUTH' ? { allocated: 1 } : {})), truth],
  ['each figure of the virtual', levels(({ sku, warehouse }) => (sku === 'TEA' && warehouse === 'ALL' ? { incoming: 1 } : {})), truth],
  ['ordered = shipped', orders('#6', () => ({ lines: [line('TEA', { allocated: 1, open: 1 })] })), truth],
  ['shipped of each line', orders('#1', () => ({ lines: [line('TEA', { shipped: 2, open: 1 })] })), truth],
  [
    'one journal entry per shipment',
    orders('#6', ({ shipments }) => ({ shipments: [...shipments, { ...shipments[0]!, shipmentId: 's7' }] })),
    truth,
  ],
  [
    'what the shop was told',
    said,
    journal((entry) =>
      'update' in entry && entry.orderNumber === '#1'
        ? [told('#1', 'shipped', [{ sku: 'TEA', shippedQuantity: 2 }], [{ shipmentId: 's1', packageId: 'p1' }])]
        : [entry],
    ),
  ],
  [
    'stock offered',
    said,
    journal((entry) =>
      'stock' in entry ? [{ ...entry, stock: { mode: 'changes', rows: [offer('TEA', 13), offer('SET', 7)] } }] : [entry],
    ),
  ],
  ['changed products', said, journal((entry) => ('products' in entry ? [entry, { ...entry, place: 'shops/t-web' }] : [entry]))],
  ['every order of the files', { ...said, incoming: [] }, truth],
  [
    'of what was scarce',
    said,
    { ...truth, orders: truth.orders.map((each) => (each.number === '#4' ? { ...each, placedAt: '2026-01-01T00:00:00.000Z' } : each)) },
  ],
  [
    'received on each purchase order',
    { ...said, purchaseOrders: [{ ...said.purchaseOrders[0]!, lines: [{ sku: 'TEA', ordered: 5, received: 4 }] }] },
    truth,
  ],
];

describe('the checker of the demonstration', () => {
  it('finds nothing where the product says what is true', () => {
    expect(check(said, truth).flatMap(({ faults }) => faults)).toEqual([]);
  });

  it('has a doctored answer for each invariant', () => {
    const names = check(said, truth).map(({ name }) => name);
    expect(names.filter((name) => doctored.filter(([start]) => name.startsWith(start)).length !== 1)).toEqual([]);
    expect(doctored).toHaveLength(names.length);
  });

  it.each(doctored)('sees exactly "%s …" turn false', (start, saidThen, trueThen) => {
    const false_ = check(saidThen, trueThen).filter(({ holds }) => !holds);
    expect(false_.map(({ name }) => name)).toEqual([expect.stringMatching(new RegExp(`^${start}`))]);
    expect(false_[0]?.faults[0]).not.toBe('');
  });
});
