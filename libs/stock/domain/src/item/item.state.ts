import { msBetween, plusMs, type Instant, type Sku, type WarehouseId } from '@stockproof/vocabulary';
import type { AttemptRef, GrantedUnits } from './item.events';
import { noQuantities, type Quantities, type StockChange } from './quantities';

/** A change that a report taken before it cannot know. */
export type Flow = { readonly at: Instant; readonly total: number; readonly unsellable: number; readonly accepted: number };

/** `open`: what the report said beyond known flows, less what late flows have explained since. */
export type AppliedReport = { readonly takenAt: Instant; meaning: 'on-hand' | 'available'; open: number };

export type AtWarehouse = {
  readonly quantities: Quantities;
  lastTakenAt: Instant | null;
  /** Flows after the last applied report, in the order they became known. */
  flows: Flow[];
  /** Flows at or before this moment are no longer kept. */
  flowsKnownAfter: Instant | null;
  /** Applied reports, oldest first: a flow that is heard of late is in the first one taken at or after it. */
  reports: AppliedReport[];
};

/** Units that left or were freed, at their time. */
export type Departure = { readonly at: Instant; readonly quantity: number };

/** Units that left, at their time; `unpromised`: after their allocation had ended. */
export type Shipped = Departure & { readonly unpromised: boolean };

export type OpenAllocation = GrantedUnits & {
  readonly key: string;
  readonly orderId: string;
  shipped: number;
  /** When the warehouse took it on; what left before is kept only until that is known. */
  acceptedAt: Instant | null;
  left: readonly Departure[];
  /** What left, by time: an older word may still say that a part of it left earlier. */
  shippedAt: readonly Shipped[];
};

export type Grant = AttemptRef & { readonly kind: 'allocate' | 'hold'; readonly plan: number; readonly allocationIds: Set<string> };

/** An allocation whose acceptance was not heard of while it was open may still be said to have been accepted before it ended. */
export type Unaccepted = { readonly warehouseId: WarehouseId; readonly left: readonly Departure[] };

export type Ended = {
  readonly shipped: number;
  readonly at: Instant;
  readonly unaccepted: Unaccepted | null;
  readonly acceptedAt: Instant | null;
  readonly shippedAt: readonly Shipped[];
};

export type ExpectedGoods = { readonly warehouseId: WarehouseId; expected: number; open: number };

/** One SKU of one account, in all its warehouses. Owned by the fold, which changes it in place. */
export type Item = {
  sku: Sku | null;
  /** Events so far, and the last one that raised what may be promised somewhere. */
  events: number;
  roseAt: number;
  readonly warehouses: Map<WarehouseId, AtWarehouse>;
  readonly grants: Map<string, Grant>;
  readonly allocations: Map<string, OpenAllocation>;
  /** Attempts that may never be granted again, with the time they were closed. */
  readonly closed: Map<string, Instant>;
  readonly ended: Map<string, Ended>;
  readonly expected: Map<string, ExpectedGoods>;
  readonly receipts: Set<string>;
};

export const noItem = (): Item => ({
  sku: null,
  events: 0,
  roseAt: 0,
  warehouses: new Map(),
  grants: new Map(),
  allocations: new Map(),
  closed: new Map(),
  ended: new Map(),
  expected: new Map(),
  receipts: new Set(),
});

export const attemptKey = ({ orderId, attempt }: AttemptRef): string => `${orderId}:${attempt}`;

export const nothingAt = (): AtWarehouse => ({
  quantities: noQuantities(),
  lastTakenAt: null,
  flows: [],
  flowsKnownAfter: null,
  reports: [],
});

export const at = (item: Item, warehouseId: WarehouseId): AtWarehouse => item.warehouses.get(warehouseId) ?? nothingAt();

/** How long after its allocation stream was seen open a grant may still be decided. */
export const sightingMaxMs = 10 * 60_000;

/**
 * How long a closed attempt is remembered. A grant relies on it only for `sightingMaxMs`; the rest is room for clocks of different
 * machines.
 */
export const closedMemoryMs = 2 * 3_600_000;

/** Bounds what a SKU that very many orders ask for keeps of them; well above what is closed within `sightingMaxMs`. */
export const closedKept = 200_000;

/** Reports older than this are refused. */
export const reportMaxAgeMs = 7 * 24 * 3_600_000;

/** Bounds what one SKU keeps for reports that may still come, and for confirmations of allocations that have ended. */
export const flowsKept = 20_000;
export const endedKept = 20_000;
export const receiptsKept = 20_000;
export const reportsKept = 200;

/** Drops the oldest entries of an insertion-ordered map while `tooOld` says so. */
export const forgetOldest = <V>(map: Map<string, V>, tooOld: (value: V, size: number) => boolean): void => {
  for (const [key, value] of map) {
    if (!tooOld(value, map.size)) return;
    map.delete(key);
  }
};

export const rememberClosed = (item: Item, key: string, closedAt: Instant): void => {
  item.closed.set(key, closedAt);
  const limit = plusMs(closedAt, -closedMemoryMs);
  forgetOldest(item.closed, (each, size) => each < limit || size > closedKept);
};

/** A change is a flow when it moves goods, sets them aside or is about what the warehouse has taken on, except for reports themselves. */
export const keepFlow = (here: AtWarehouse, change: StockChange): void => {
  const flow = { at: change.at, total: change.total ?? 0, unsellable: change.unsellable ?? 0, accepted: change.accepted ?? 0 };
  if (flow.total === 0 && flow.unsellable === 0 && flow.accepted === 0) return;
  if (here.lastTakenAt !== null && flow.at <= here.lastTakenAt) return;
  here.flows.push(flow);
  if (here.flows.length > flowsKept) forgetOldFlows(here);
};

const forgetOldFlows = (here: AtWarehouse): void => {
  const byTime = [...here.flows].sort((a, b) => (a.at < b.at ? -1 : 1));
  const kept = byTime.slice(byTime.length / 2);
  here.flowsKnownAfter = byTime[byTime.length - kept.length - 1]?.at ?? here.flowsKnownAfter;
  here.flows = kept;
};

/** Younger flows than `takenAt`, summed. */
export const flowsAfter = (here: AtWarehouse, takenAt: Instant): Omit<Flow, 'at'> => {
  const sum = { total: 0, unsellable: 0, accepted: 0 };
  for (const flow of here.flows) {
    if (flow.at <= takenAt) continue;
    sum.total += flow.total;
    sum.unsellable += flow.unsellable;
    sum.accepted += flow.accepted;
  }
  return sum;
};

export const isTooOld = (takenAt: Instant, now: Instant): boolean => msBetween(takenAt, now) > reportMaxAgeMs;

/** Clocks of machines differ; what lies further ahead than this is a mistake. */
const clockSlackMs = 5 * 60_000;

export const isFuture = (when: Instant, now: Instant): boolean => when > plusMs(now, clockSlackMs);
