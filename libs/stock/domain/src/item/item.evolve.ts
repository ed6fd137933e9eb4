import type { Instant } from '@stockproof/vocabulary';
import type {
  QuietReportRecalled,
  GrantClosed,
  GoodsReceived,
  ItemEvent,
  StockDiscrepancyFound,
  StockLevelReported,
  UnitsAccepted,
  UnitsGranted,
  UnitsReleased,
  UnitsShipped,
  UnitsShippedAfterEnd,
} from './item.events';
import {
  attemptKey,
  endedKept,
  forgetOldest,
  keepFlow,
  nothingAt,
  receiptsKept,
  reportsKept,
  rememberClosed,
  type AtWarehouse,
  type Departure,
  type Ended,
  type Item,
  type OpenAllocation,
  type Shipped,
} from './item.state';
import { availableRise, quantityNames, type StockChange } from './quantities';

/** Facts are not argued with: quantities follow the differences that the event states, whoever decided them. */
export const evolve = (item: Item, event: ItemEvent): Item => {
  item.sku ??= event.data.sku;
  item.events += 1;
  for (const change of event.data.changes) apply(item, change, event.type !== 'StockLevelReported');
  remember(item, event);
  return item;
};

const apply = (item: Item, change: StockChange, isFlow: boolean): void => {
  const here = place(item, change.warehouseId);
  for (const name of quantityNames) here.quantities[name] += change[name] ?? 0;
  if (availableRise(change) > 0) item.roseAt = item.events;
  if (change.inReport) explain(here, change);
  else if (isFlow) keepFlow(here, change);
};

const explain = (here: AtWarehouse, { at, total = 0 }: StockChange): void => {
  for (const report of here.reports) if (report.takenAt === at) report.open += total;
};

const place = (item: Item, warehouseId: string): AtWarehouse => {
  const known = item.warehouses.get(warehouseId);
  if (known) return known;
  const fresh = nothingAt();
  item.warehouses.set(warehouseId, fresh);
  return fresh;
};

const remember = (item: Item, event: ItemEvent): void => {
  switch (event.type) {
    case 'StockAdjusted':
    case 'StockSetAside':
    case 'StockShortfallFound':
      return;
    case 'StockLevelReported':
    case 'QuietReportRecalled':
      return rememberReport(item, event);
    case 'StockDiscrepancyFound':
      return rememberDiscrepancy(item, event);
    case 'UnitsGranted':
      return rememberGrant(item, event);
    case 'GrantClosed':
      return forgetGrant(item, event);
    case 'UnitsAccepted':
      return rememberAccepted(item, event);
    case 'UnitsShipped':
      return rememberShipped(item, event);
    case 'UnitsReleased':
      return rememberReleased(item, event);
    case 'UnitsShippedAfterEnd':
      return rememberShippedAfterEnd(item, event);
    case 'GoodsExpected': {
      const { purchaseOrderId, lineId, warehouseId, expected } = event.data;
      const known = item.expected.get(`${purchaseOrderId}:${lineId}`);
      item.expected.set(`${purchaseOrderId}:${lineId}`, {
        warehouseId,
        expected,
        open: Math.max(0, (known?.open ?? 0) + expected - (known?.expected ?? 0)),
      });
      return;
    }
    case 'GoodsReceived':
      return rememberReceipt(item, event);
    case 'GoodsNoLongerExpected':
      item.expected.delete(`${event.data.purchaseOrderId}:${event.data.lineId}`);
      return;
  }
};

const rememberReport = (item: Item, { data }: StockLevelReported | QuietReportRecalled): void => {
  const here = place(item, data.warehouseId);
  here.lastTakenAt = data.takenAt;
  here.flows = here.flows.filter((flow) => flow.at > data.takenAt);
  const last = here.reports.at(-1);
  if (last?.takenAt === data.takenAt) last.meaning = data.meaning;
  else here.reports = [...here.reports, { takenAt: data.takenAt, meaning: data.meaning, open: 0 }].slice(-reportsKept);
};

const rememberDiscrepancy = (item: Item, { data }: StockDiscrepancyFound): void => {
  const report = place(item, data.warehouseId).reports.at(-1);
  if (report) report.open += data.residual;
};

const rememberGrant = (item: Item, { data }: UnitsGranted): void => {
  const key = attemptKey(data);
  for (const id of item.grants.get(key)?.allocationIds ?? []) item.allocations.delete(id);
  if (data.swappedHold !== null) dropGrant(item, attemptKey({ orderId: data.orderId, attempt: data.swappedHold }), data.decidedAt);
  item.grants.set(key, {
    orderId: data.orderId,
    attempt: data.attempt,
    kind: data.kind,
    plan: data.plan,
    allocationIds: new Set(data.granted.map((each) => each.allocationId)),
  });
  for (const each of data.granted)
    item.allocations.set(each.allocationId, { ...each, key, orderId: data.orderId, shipped: 0, acceptedAt: null, left: [], shippedAt: [] });
};

const forgetGrant = (item: Item, { data }: GrantClosed): void => dropGrant(item, attemptKey(data), data.decidedAt);

const dropGrant = (item: Item, key: string, closedAt: string): void => {
  for (const id of item.grants.get(key)?.allocationIds ?? []) {
    const allocation = item.allocations.get(id);
    if (!allocation) continue;
    depart(allocation, [{ at: closedAt, quantity: allocation.quantity - allocation.shipped }]);
    rememberEnded(item, allocation, closedAt);
  }
  item.grants.delete(key);
  rememberClosed(item, key, closedAt);
};

const rememberEnded = (item: Item, allocation: OpenAllocation, endedAt: string): void => {
  const { allocationId, warehouseId, quantity, shipped, acceptedAt, left, shippedAt } = allocation;
  item.allocations.delete(allocationId);
  const unaccepted = acceptedAt === null ? { warehouseId, left } : null;
  // A single unit has no part that can have left before the rest.
  item.ended.set(allocationId, { shipped, at: endedAt, unaccepted, acceptedAt, shippedAt: quantity > 1 ? shippedAt : [] });
  forgetOldest(item.ended, (_, size) => size > endedKept);
};

const rememberShipped = (item: Item, event: UnitsShipped): void => {
  const { allocationId, shipped } = event.data;
  const departed = departuresIn(event);
  const allocation = item.allocations.get(allocationId);
  if (!allocation) return rememberShippedEarlier(item, allocationId, departed);
  depart(allocation, departed);
  allocation.shippedAt = added(allocation.shippedAt, departed, false);
  allocation.shipped = shipped;
  if (allocation.shipped >= allocation.quantity) endAllocation(item, event, allocation);
};

const rememberShippedEarlier = (item: Item, allocationId: string, departed: readonly Departure[]): void => {
  const ended = item.ended.get(allocationId);
  if (ended) item.ended.set(allocationId, { ...ended, ...leftAfterEnd(ended, departed) });
};

/**
 * What turns out to have left earlier stays promised, or unpromised, as it was thought to be when it was thought to leave later. What
 * is new here left after its end, promised to nobody.
 */
const leftAfterEnd = (
  { shippedAt, unaccepted }: Pick<Ended, 'shippedAt' | 'unaccepted'>,
  departed: readonly Departure[],
): Pick<Ended, 'shippedAt' | 'unaccepted'> => {
  const promisedAt = (at: Instant) => shippedAt.find((each) => each.at === at && !each.unpromised)?.quantity ?? 0;
  const later = summed(departed.filter(({ quantity }) => quantity < 0)).map(({ at, quantity }) => ({
    at,
    ...{ quantity, promised: -Math.min(-quantity, promisedAt(at)) },
  }));
  let rest = -later.reduce((sum, { promised }) => sum + promised, 0);
  const earlier = departed
    .filter(({ quantity }) => quantity > 0)
    .map(({ at, quantity }) => {
      const promised = Math.min(rest, quantity);
      rest -= promised;
      return { at, quantity, promised };
    });
  const moves = [...later, ...earlier];
  const promised = moves.map((each) => ({ at: each.at, quantity: each.promised }));
  const unpromised = moves.map((each) => ({ at: each.at, quantity: each.quantity - each.promised }));
  return {
    shippedAt: added(added(shippedAt, promised, false), unpromised, true),
    unaccepted: unaccepted && { ...unaccepted, left: summed([...unaccepted.left, ...promised]) },
  };
};

const rememberShippedAfterEnd = (item: Item, event: UnitsShippedAfterEnd): void => {
  const { allocationId, shipped, decidedAt } = event.data;
  const before = item.ended.get(allocationId);
  // Of what was lost with the end of a log the times are not known well enough to be corrected by older words.
  const left = before ? leftAfterEnd(before, departuresIn(event)) : { shippedAt: [], unaccepted: null };
  item.ended.set(allocationId, { acceptedAt: null, ...before, ...left, shipped, at: decidedAt });
};

/** What an event says that left, and at what time; less than nothing where it had been thought to leave then. */
const departuresIn = ({ data }: UnitsShipped | UnitsShippedAfterEnd): readonly Departure[] =>
  data.changes.flatMap(({ at, total = 0, inReport }) => (inReport || total === 0 ? [] : [{ at, quantity: -total }]));

const summed = (departures: readonly Departure[]): readonly Departure[] => {
  const byTime = new Map<Instant, number>();
  for (const { at, quantity } of departures) byTime.set(at, (byTime.get(at) ?? 0) + quantity);
  return [...byTime].flatMap(([at, quantity]) => (quantity === 0 ? [] : [{ at, quantity }]));
};

const added = (shippedAt: readonly Shipped[], departed: readonly Departure[], unpromised: boolean): readonly Shipped[] => [
  ...shippedAt.filter((each) => each.unpromised !== unpromised),
  ...summed([...shippedAt.filter((each) => each.unpromised === unpromised), ...departed]).map(({ at, quantity }) => ({
    at,
    quantity,
    unpromised,
  })),
];

const rememberReleased = (item: Item, event: UnitsReleased): void => {
  const allocation = item.allocations.get(event.data.allocationId);
  if (!allocation) return;
  depart(allocation, [{ at: event.data.changes[0]?.at ?? event.data.decidedAt, quantity: allocation.quantity - allocation.shipped }]);
  endAllocation(item, event, allocation);
};

/** What left is needed again only if the warehouse turns out to have taken it on before. */
const depart = (allocation: OpenAllocation, departed: readonly Departure[]): void => {
  if (allocation.acceptedAt === null) allocation.left = summed([...allocation.left, ...departed]);
};

const rememberAccepted = (item: Item, { data }: UnitsAccepted): void => {
  const acceptedAt = data.changes.find((change) => (change.accepted ?? 0) > 0)?.at ?? data.decidedAt;
  for (const id of data.allocationIds) {
    const allocation = item.allocations.get(id);
    if (allocation) Object.assign(allocation, { acceptedAt, left: [] });
    const ended = item.ended.get(id);
    if (ended) item.ended.set(id, { ...ended, unaccepted: null, acceptedAt: ended.acceptedAt ?? acceptedAt });
  }
};

/** The last allocation that ends takes its attempt with it: a plan of it that is heard again must not be granted anew. */
const endAllocation = (item: Item, { data }: UnitsShipped | UnitsReleased, allocation: OpenAllocation): void => {
  const { key } = allocation;
  rememberEnded(item, allocation, data.decidedAt);
  const grant = item.grants.get(key);
  if (!grant) return;
  grant.allocationIds.delete(data.allocationId);
  if (grant.allocationIds.size > 0) return;
  item.grants.delete(key);
  rememberClosed(item, key, data.decidedAt);
};

const rememberReceipt = (item: Item, { data }: GoodsReceived): void => {
  item.receipts.add(`${data.receiptId}:${data.lineId}`);
  for (const oldest of item.receipts) {
    if (item.receipts.size <= receiptsKept) break;
    item.receipts.delete(oldest);
  }
  const expected = item.expected.get(`${data.purchaseOrderId}:${data.lineId}`);
  if (expected) expected.open = Math.max(0, expected.open - data.quantity);
};
