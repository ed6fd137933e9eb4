import { commandHandling, type CommandContext } from '@stockproof/command-handling';
import { inMemoryEventStore, startOfLog, type EventStore, type RecordedEvent } from '@stockproof/event-store';
import type { Candidate, ItemCommand, PlannedUnits, Wanted, WantedLine } from '@stockproof/stock-domain';
import { skuKey, type Clock, type Instant } from '@stockproof/vocabulary';
import { allocator, type StockRequest } from '../../allocation/allocator';
import type { AttemptResult, Cause } from '../../allocation/attempt-try';
import type { UnitsFact } from '../../allocation/units';
import { stockPublication } from '../../publishes/stock.publication';
import { itemStream, stockStreams } from '../../stock.streams';

export const monthAccount = '00000000-0000-4000-8000-00000000000a';
const begin = Date.parse('2026-03-01T06:00:00.000Z');
const monthMs = 30 * 24 * 3_600_000;

const warehouses: readonly Candidate[] = ['NORTH', 'SOUTH', 'WEST', 'EAST'].map((code, index) => ({
  warehouseId: `warehouse-${code.toLowerCase()}`,
  code,
  priority: index < 2 ? 1 : 2,
  checked: true,
}));
const skus = Array.from({ length: 40 }, (_, index) => `SKU-${10 + index}`);

/** A repeatable source of chance: `any(n)` is one of 0 … n − 1. */
const chance = (seed: number): ((below: number) => number) => {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

type Promised = PlannedUnits & { left: number; done: boolean };
type Selling = {
  readonly orderId: string;
  attempt: number;
  stage: 'asked' | 'held' | 'granted' | 'closed';
  wanted: Wanted;
  units: Promised[];
  hold: number | null;
};

export type Month = {
  readonly store: EventStore;
  readonly events: () => Promise<readonly RecordedEvent[]>;
  /** In the middle of it. */
  readonly middle: Instant;
};

const context = (commandId: string): CommandContext => ({
  ...{ commandId, correlationId: 'month', causationId: 'month', actor: 'user:1', organizationId: 'o', accountId: monthAccount },
});

/** What the month is played with: the product's allocation over an in-memory log, and a clock that is moved. */
const desk = (any: (below: number) => number) => {
  let tick = begin;
  const clock: Clock = { now: () => new Date((tick += 1)).toISOString() };
  const store = inMemoryEventStore({ clock });
  const streams = stockStreams(commandHandling({ store, clock }));
  const marks = new Map<string, AttemptResult>();
  const bySku = new Map<string, Set<string>>();
  const markKey = ({ orderId, attempt }: AttemptResult) => `${orderId}:${attempt}`;
  const rowsFor = (keys: readonly string[]) =>
    [...new Set(keys.flatMap((key) => [...(bySku.get(key) ?? [])]))].flatMap((key) => {
      const { orderId, attempt, waits } = marks.get(key) as AttemptResult;
      return waits ? [{ orderId, attempt, orderDate: waits.orderDate, arrivedAt: waits.arrivedAt }] : [];
    });
  const allocating = allocator({ streams, clock }, { rowsFor: (_, keys) => Promise.resolve(rowsFor(keys)) });
  const commit = (results: readonly AttemptResult[]): void => {
    for (const each of results) {
      for (const set of bySku.values()) set.delete(markKey(each));
      marks.delete(markKey(each));
      if (!each.waits) continue;
      marks.set(markKey(each), each);
      for (const { sku } of each.waits.lines) bySku.set(skuKey(sku), (bySku.get(skuKey(sku)) ?? new Set()).add(markKey(each)));
    }
  };
  let messages = 0;
  const cause = (): Cause => ({ id: `message-${(messages += 1)}`, organizationId: 'o', accountId: monthAccount, correlationId: 'month' });
  let published = startOfLog;
  /** Works, and hears what came of it: wake-ups go back to stock, answers to sales. */
  const work = async (requests: readonly StockRequest[]): Promise<readonly RecordedEvent[]> => {
    const told: RecordedEvent[] = [];
    for (let batch = requests; batch.length > 0;) {
      commit(await allocating.work(monthAccount, batch));
      const { events, scannedTo } = await store.readAll(published, 100_000);
      published = scannedTo;
      told.push(...events);
      batch = events.flatMap(wakesOf);
    }
    return told;
  };
  const wakesOf = (event: RecordedEvent): readonly StockRequest[] =>
    (stockPublication.handles.includes(event.type) ? stockPublication.facts(event) : []).flatMap(({ type, data }) =>
      type.includes('stock-rose') ? [{ asks: 'wake', sku: String(data['sku']), revision: Number(data['revision']), cause: cause() }] : [],
    );
  const person = async (command: ItemCommand): Promise<void> => {
    await streams.items.handle(itemStream(monthAccount, command.data.sku), command, context(`person-${(messages += 1)}`));
  };
  /** Wake-ups of what people did. */
  const listen = async (): Promise<readonly RecordedEvent[]> => {
    const { events, scannedTo } = await store.readAll(published, 100_000);
    published = scannedTo;
    return [...events, ...(await work(events.flatMap(wakesOf)))];
  };
  return {
    any,
    clock,
    store,
    work,
    listen,
    person,
    cause,
    later: (ms: number) => void (tick += ms),
    today: () => new Date(tick).toISOString(),
  };
};
type Desk = ReturnType<typeof desk> & { readonly strict: boolean };

const linesOf = (any: Desk['any']): readonly WantedLine[] => {
  const plain = (lineId: string): WantedLine => {
    const named = any(12) === 0 ? { candidates: [warehouses[any(4)]!.warehouseId] } : {};
    return { lineId, sku: skus[any(skus.length)]!, quantity: 1 + any(4), ...named };
  };
  // A bundle: two components, of which one may be ordered beside it.
  const bundle = (lineId: string): readonly WantedLine[] =>
    [0, 1].map((part) => ({ lineId: `${lineId}.${part + 1}`, sku: skus[any(8)]!, quantity: (1 + part) * (1 + any(2)) }));
  return Array.from({ length: 1 + any(3) }, (_, index) => String(index + 1)).flatMap((id) => (any(7) === 0 ? bundle(id) : [plain(id)]));
};

const newOrder = ({ any, today, strict }: Desk, number: number): Selling => {
  const orderId = `00000000-0000-4000-9000-${String(number).padStart(12, '0')}`;
  const day = new Date(Date.parse(today()) - any(3) * 3_600_000).toISOString();
  const wanted: Wanted = {
    kind: any(9) === 0 ? 'hold' : 'allocate',
    orderNumber: `M-${number}`,
    ...{ orderDate: day, arrivedAt: today(), lines: linesOf(any), candidates: warehouses.slice(0, 2 + any(3)) },
    settings: {
      allowSplitting: true,
      maximumShipments: any(4) === 0 ? 2 : null,
      allowLineSplit: any(5) === 0,
      partial: any(6) === 0,
      ...(strict ? { strictOrder: true } : {}),
    },
    holdAttempt: null,
  };
  return { orderId, attempt: 1, stage: 'asked', wanted, units: [], hold: null };
};

const asks = (d: Desk, { orderId, attempt, wanted }: Selling): StockRequest => ({
  asks: 'allocation',
  toTry: { orderId, attempt, wanted, cause: d.cause() },
});
const withdraws = (d: Desk, orderId: string, attempt: number): StockRequest => ({
  asks: 'withdrawal',
  of: { orderId, attempt, cause: d.cause() },
});

/** What sales does with an answer: it ships what was granted, and asks for the rest of what was granted in part. */
const hear = (d: Desk, orders: ReadonlyMap<string, Selling>, events: readonly RecordedEvent[]): readonly StockRequest[] =>
  events.flatMap(({ type, data }): readonly StockRequest[] => {
    const order = orders.get(String(data['orderId']));
    if (!order || data['attempt'] !== order.attempt || order.stage === 'closed') return [];
    if (type === 'AllocationHeld') order.stage = 'held';
    if (type !== 'AllocationGranted') return [];
    order.stage = 'granted';
    order.units.push(...(data['units'] as readonly PlannedUnits[]).map((unit) => ({ ...unit, left: 0, done: false })));
    const missing = data['missing'] as readonly { readonly lineId: string; readonly quantity: number }[];
    if (missing.length === 0) return [];
    const open = new Map(missing.map(({ lineId, quantity }) => [lineId, quantity]));
    const lines = order.wanted.lines.flatMap((line) => (open.has(line.lineId) ? [{ ...line, quantity: open.get(line.lineId) ?? 0 }] : []));
    Object.assign(order, { attempt: order.attempt + 1, stage: 'asked', wanted: { ...order.wanted, lines, holdAttempt: null } });
    return [asks(d, order)];
  });

const goOn = (d: Desk, order: Selling): readonly StockRequest[] => {
  const dice = d.any(10);
  if (order.stage === 'asked' && dice < 2) {
    Object.assign(order, { stage: order.units.some(({ done }) => !done) ? 'granted' : 'closed' });
    return [withdraws(d, order.orderId, order.attempt)];
  }
  if (order.stage === 'held') return letGo(d, order, dice);
  return order.stage === 'granted' || order.units.length > 0 ? leave(d, order, dice) : [];
};

const letGo = (d: Desk, order: Selling, dice: number): readonly StockRequest[] => {
  if (dice === 0) {
    order.stage = 'closed';
    return [withdraws(d, order.orderId, order.attempt)];
  }
  const wanted: Wanted = { ...order.wanted, kind: 'allocate', holdAttempt: order.attempt };
  Object.assign(order, { attempt: order.attempt + 1, stage: 'asked', wanted });
  return [asks(d, order)];
};

/** Of one shipment: accepted, then shipped in one or two parts, or a part of it given back. */
const leave = (d: Desk, order: Selling, dice: number): readonly StockRequest[] => {
  const unit = order.units.find(({ done }) => !done);
  if (!unit) return [];
  const { shipmentId, warehouseId, allocationId, sku, quantity } = unit;
  const of = { orderId: order.orderId, shipmentId, at: d.today() };
  const told = (fact: UnitsFact): StockRequest => ({ asks: 'units', cause: d.cause(), fact });
  const accepted = told({ ...of, fact: 'accepted', units: [{ allocationId, sku }] });
  const shipped = (count: number): StockRequest =>
    told({ ...of, fact: 'shipped', warehouseId, units: [{ allocationId, sku, shipped: count }] });
  const released = told({ ...of, fact: 'released', reason: 'short-close', units: [{ allocationId, sku }] });
  unit.done = true;
  if (dice === 0) return [released];
  if (dice === 1 && quantity > 1) return [accepted, shipped(1), released];
  return dice < 5 ? [shipped(quantity)] : [accepted, shipped(quantity)];
};

/** People and suppliers: goods come in every day, some are counted otherwise, some are set aside, a warehouse reports. */
const world = async (d: Desk): Promise<void> => {
  const sku = skus[d.any(skus.length)]!;
  const warehouseId = warehouses[d.any(warehouses.length)]!.warehouseId;
  const now = d.clock.now();
  const [of, dice] = [{ sku, warehouseId, now }, d.any(20)];
  if (dice < 12) {
    const line = { ...of, purchaseOrderId: `po-${now}`, lineId: '1' };
    await d.person({ type: 'ExpectGoods', data: { ...line, expected: 30 } });
    await d.person({ type: 'ReceiveGoods', data: { ...line, receiptId: `r-${now}`, quantity: 15 + d.any(30), at: now } });
  } else if (dice < 15) {
    const by = d.any(9) - 5 || 1;
    await d.person({ type: 'AdjustStock', data: { ...of, by, reason: 'counted', note: null, reference: null, at: now } });
  } else if (dice < 17)
    await d.person({ type: 'SetAsideStock', data: { ...of, by: dice === 15 ? 1 : -1, reason: 'damaged', reference: null, at: now } });
  else {
    const takenAt = new Date(Date.parse(now) - 60_000).toISOString();
    const report = {
      ...of,
      reportId: `report-${now}`,
      source: 'channel:1',
      takenAt,
      meaning: 'on-hand',
      reported: 10 + d.any(40),
    } as const;
    await d.person({ type: 'ReportStockLevel', data: report });
  }
};

/**
 * A month of an account, always the same for a seed, made by the product's own allocation: orders of one or several lines, bundles,
 * holds, cancellations, partial deliveries, shipments that leave or do not, goods that come in, corrections and reports.
 */
export const recordedMonth = async (orders: number, { seed = 20_260_301, strict = false } = {}): Promise<Month> => {
  const d = { ...desk(chance(seed)), strict };
  const all = new Map<string, Selling>();
  for (const sku of skus)
    for (const { warehouseId } of warehouses.slice(0, 3))
      await d.person({
        type: 'AdjustStock',
        data: { sku, now: d.clock.now(), warehouseId, by: 20 + d.any(20), reason: 'counted', note: null, reference: null, at: d.today() },
      });
  await d.listen();
  let alive: Selling[] = [];
  let middle = d.today();
  while (all.size < orders) {
    d.later(Math.floor((monthMs / orders) * 2));
    if (d.any(3) === 0) await world(d);
    let batch: readonly StockRequest[] = [
      ...alive.flatMap((order) => (d.any(12) === 0 ? goOn(d, order) : [])),
      ...Array.from({ length: 1 + d.any(3) }, () => {
        const order = newOrder(d, all.size + 1);
        all.set(order.orderId, order);
        alive.push(order);
        return asks(d, order);
      }),
    ];
    const heard = await d.listen();
    batch = [...hear(d, all, heard), ...batch];
    while (batch.length > 0) batch = hear(d, all, await d.work(batch));
    alive = alive.filter(({ stage, units }) => stage === 'asked' || stage === 'held' || units.some(({ done }) => !done)).slice(-400);
    if (all.size < orders / 2) middle = d.today();
  }
  return { store: d.store, middle, events: async () => (await d.store.readAll(startOfLog, 10_000_000)).events };
};
