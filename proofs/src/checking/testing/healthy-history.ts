import { derivedId } from '@stockproof/vocabulary';
import type { Asked, Outcome } from '../../clients/record';

/** A small history that spec files may spoil: plain objects that are theirs to change. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- because a spec spoils answers of every shape, deep inside
type Spoilable = any;
type Event = { position: number; stream: string; revision: number; type: string; commandId: string; recordedAt: number; data: Spoilable };
type Operation = { key: string; asked: Asked & { body: Spoilable }; attempts: Spoilable[]; outcome: Outcome };

export type Making = {
  accountId: string;
  actor: string;
  members: string[];
  virtual: string;
  operations: Operation[];
  events: Event[];
  views: { levels: Spoilable[]; orders: Spoilable[]; shipments: Spoilable[]; units: Spoilable[] };
  /** The id that a command has by its key and path. */
  commandIdOf: (key: string) => string;
  /** As if events of this type had never been written. */
  drop: (type: string) => void;
};

const [accountId, actor, north, south, both] = ['account', 'user:olga', 'north', 'south', 'both'] as const;
const item = `stock.item-${accountId}-hot-1`;
const orderStream = (orderId: string): string => `sales.salesOrder-${accountId}-${orderId}`;
const allocationStream = (orderId: string): string => `stock.allocation-${accountId}-${orderId}`;
const ordersPath = `/v1/sales/accounts/${accountId}/sales-orders`;
const stockPath = `/v1/stock/accounts/${accountId}`;
const idOf = (key: string, path: string): string => derivedId('command', actor, key, 'POST', path);

const wantedOf = (lineId: string, quantity: number) => ({
  kind: 'allocate',
  lines: [{ lineId, sku: 'HOT-1', quantity }],
  candidates: [{ warehouseId: north }, { warehouseId: south }],
  settings: { allowSplitting: true },
});
const lineOf = (quantity: number) => ({ lineId: '1', sku: 'HOT-1', quantity, components: [] });
const unit = { allocationId: 'allocation-1', shipmentId: 'shipment-1', lineId: '1', sku: 'HOT-1', warehouseId: north, quantity: 3 };

/** Five units are there, one is set aside; an order gets three and two of them leave, another waits for 90; goods come. */
export const healthy = (): Making => {
  const events: Event[] = [];
  const positions = new Map<string, number>();
  const write = (stream: string, type: string, commandId: string, data: object): void => {
    const service = stream.split('.')[0] ?? '';
    const position = (positions.get(service) ?? 0) + 1;
    positions.set(service, position);
    const revision = events.filter((event) => event.stream === stream).length + 1;
    events.push({ position, stream, revision, type, commandId, recordedAt: events.length * 10, data: structuredClone(data) });
  };
  const change = (by: object) => ({ changes: [{ warehouseId: north, at: '', ...by }] });
  write(item, 'StockAdjusted', idOf('adjust', `${stockPath}/adjustments`), change({ total: 5 }));
  write(orderStream('o1'), 'SalesOrderCreated', idOf('create', ordersPath), { number: 'A', status: 'approved', lines: [lineOf(3)] });
  write(orderStream('o1'), 'AllocationAsked', idOf('create', ordersPath), { attempt: 1, wanted: wantedOf('1', 3) });
  write(allocationStream('o1'), 'AllocationRequested', 'service', { attempt: 1, wanted: wantedOf('1', 3) });
  const granting = { orderId: 'o1', attempt: 1, kind: 'allocate', plan: 1, granted: [unit], swappedHold: null };
  write(item, 'UnitsGranted', 'service', { ...change({ allocated: 3 }), ...granting });
  write(allocationStream('o1'), 'AllocationGranted', 'service', { attempt: 1 });
  write(orderStream('o1'), 'ShipmentCreated', 'service', { shipmentId: 'shipment-1', attempt: 1, units: [unit] });
  const left = { shipmentId: 'shipment-1', units: [{ allocationId: 'allocation-1', shipped: 2 }], complete: false };
  write(orderStream('o1'), 'ShipmentUnitsLeft', 'by hand', left);
  write(item, 'UnitsShipped', 'service', { ...change({ total: -2, allocated: -2 }), allocationId: 'allocation-1', shipped: 2 });
  write(item, 'StockAdjusted', idOf('unknown', `${stockPath}/adjustments`), change({ total: -1 }));
  write(item, 'StockSetAside', 'by hand', change({ unsellable: 1 }));
  write(orderStream('o2'), 'SalesOrderCreated', 'by hand', { number: 'B', status: 'approved', lines: [lineOf(90)] });
  eventsOfWaiting(write);
  eventsOfPurchase(write, change);
  const making = { accountId, actor, members: [north, south], virtual: both, operations: operations(), events, views: views() };
  return {
    ...making,
    commandIdOf: (key) => idOf(key, making.operations.find((each) => each.key === key)?.asked.path ?? ''),
    drop: (type) => {
      for (const dropped of events.filter((event) => event.type === type)) {
        events.splice(events.indexOf(dropped), 1);
        for (const event of events) if (event.stream === dropped.stream && event.revision > dropped.revision) event.revision -= 1;
      }
    },
  };
};

type Write = (stream: string, type: string, commandId: string, data: object) => void;

const eventsOfWaiting = (write: Write): void => {
  write(orderStream('o2'), 'AllocationAsked', 'by hand', { attempt: 1, wanted: wantedOf('1', 90) });
  write(allocationStream('o2'), 'AllocationRequested', 'service', { attempt: 1, wanted: wantedOf('1', 90) });
  write(allocationStream('o2'), 'AllocationWaiting', 'service', { attempt: 1 });
  write(orderStream('o2'), 'SalesOrderBackordered', 'service', { attempt: 1, missing: [] });
};

const eventsOfPurchase = (write: Write, change: (by: object) => object): void => {
  const purchase = `purchasing.purchaseOrder-${accountId}-p1`;
  const lines = [{ lineId: '1', sku: 'HOT-1', quantity: 2 }];
  write(purchase, 'PurchaseOrderApproved', 'by hand', { warehouseId: north, lines });
  write(item, 'GoodsExpected', 'service', change({ incoming: 2 }));
  write(purchase, 'ReceiptBooked', 'by hand', { warehouseId: north, lines: [{ lineId: '1', sku: 'HOT-1', quantity: 1 }] });
  write(item, 'GoodsReceived', 'service', { ...change({ total: 1, incoming: -1 }), purchaseOrderId: 'p1', quantity: 1 });
};

const attempt = (outcome: Outcome, status: number, body: object, at = 1_000) => ({
  invokedAt: at,
  answeredAt: at + 5,
  outcome,
  answer: { status, body: structuredClone(body) },
});
const operation = (
  key: string,
  what: Asked['what'],
  path: string,
  more: { readonly body?: Spoilable; readonly attempts: object[] },
): Operation => {
  const method = what.startsWith('read') ? 'GET' : 'POST';
  const outcomes = (more.attempts as { outcome: Outcome }[]).map(({ outcome }) => outcome);
  const outcome = outcomes.find((each) => each === 'ok') ?? outcomes[0] ?? 'unknown';
  return { key, asked: { what, method, path, of: 0, body: structuredClone(more.body ?? {}) }, attempts: more.attempts, outcome };
};

const operations = (): Operation[] => {
  const created = { orderId: 'o1', revision: 2, events: ['SalesOrderCreated', 'AllocationAsked'] };
  const write = (by: number) => ({ sku: 'HOT-1', warehouseId: north, by });
  return [
    operation('adjust', 'adjust', `${stockPath}/adjustments`, {
      body: write(5),
      attempts: [attempt('ok', 201, { revision: 1, events: ['StockAdjusted'] }, 5)],
    }),
    operation('create', 'create', ordersPath, { attempts: [attempt('ok', 201, created), attempt('ok', 201, created, 1_010)] }),
    operation('unknown', 'adjust', `${stockPath}/adjustments`, { body: write(-1), attempts: [attempt('unknown', 503, {})] }),
    operation('refused', 'adjust', `${stockPath}/adjustments`, {
      body: write(-99),
      attempts: [attempt('fail', 422, { code: 'below-zero' })],
    }),
    operation('read order', 'read-order', `${ordersPath}/o1`, { attempts: [attempt('ok', 200, orderRead)] }),
    operation('read levels', 'read-levels', `${stockPath}/levels`, { attempts: [attempt('ok', 200, { items: levelsRead })] }),
  ];
};

const orderRead = {
  orderId: 'o1',
  status: 'fulfilling',
  backordered: false,
  revision: 3,
  lines: [{ quantity: 3, shipped: 0, allocated: 3, backordered: 0, cancelled: 0, open: 0 }],
  shipments: [
    {
      shipmentId: 'shipment-1',
      status: 'ready-to-send',
      units: [{ allocationId: 'allocation-1', quantity: 3, shipped: 0, released: false }],
    },
  ],
};
const promised = { total: 5, unsellable: 0, allocated: 3, held: 0, incoming: 0, publishable: 2, position: '3' };
const levelsRead = [
  { sku: 'HOT-1', warehouseId: north, kind: 'physical', ...promised },
  { sku: 'HOT-1', warehouseId: both, kind: 'virtual', ...promised },
];

const views = (): Making['views'] => {
  const level = { skuKey: 'hot-1', total: 3, unsellable: 1, allocated: 1, held: 0, incoming: 1, publishable: 1 };
  return {
    levels: [
      { ...level, warehouseId: north, kind: 'physical' },
      { ...level, warehouseId: both, kind: 'virtual' },
    ],
    orders: [
      { orderId: 'o1', status: 'partially-fulfilled', backordered: false, revision: 4 },
      { orderId: 'o2', status: 'approved', backordered: true, revision: 3 },
    ],
    shipments: [{ shipmentId: 'shipment-1', orderId: 'o1', status: 'short-shipped' }],
    units: [{ allocationId: 'allocation-1', shipmentId: 'shipment-1', quantity: 3, shipped: 2, released: false }],
  };
};
