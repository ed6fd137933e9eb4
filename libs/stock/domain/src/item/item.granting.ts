import { accept, reject } from '@stockproof/decider';
import { msBetween, type WarehouseId } from '@stockproof/vocabulary';
import type { ItemDecision } from './item.adjusting';
import type { CloseGrant, GrantUnits } from './item.commands';
import type { GrantClosed, GrantedUnits, UnitsGranted } from './item.events';
import { changes } from './item.flows';
import type { ItemRejection } from './item.rejections';
import { at, attemptKey, sightingMaxMs, type Item, type OpenAllocation } from './item.state';
import { available, changeOf, type StockChange } from './quantities';

/**
 * The one place where units are promised. A grant states all that the attempt has here under its plan: a higher plan replaces, an
 * equal or lower one changes nothing, a closed attempt gets nothing more.
 */
export const grant = ({ data }: GrantUnits, item: Item): ItemDecision => {
  const key = attemptKey(data);
  const swapKey = data.swapHold === null ? null : attemptKey({ orderId: data.orderId, attempt: data.swapHold });
  const known = item.grants.get(key);
  if (known && known.plan >= data.plan) return accept();
  if (item.closed.has(key)) return reject({ type: 'GrantAlreadyClosed' });
  if (msBetween(data.seenOpenAt, data.now) > sightingMaxMs) return reject({ type: 'SightingTooOld' });

  const before = [...openOf(item, key), ...(swapKey === null ? [] : openOf(item, swapKey))];
  const refusal = overpromised(item, before, data.granted);
  if (refusal) return reject(refusal);

  const { sku, orderId, attempt, kind, plan, granted, now } = data;
  const granting: UnitsGranted = {
    type: 'UnitsGranted',
    data: {
      sku,
      changes: promiseChanges(item, before, { kind, granted, now }),
      decidedAt: now,
      orderId,
      attempt,
      kind,
      plan,
      granted,
      swappedHold: swapKey !== null && item.grants.has(swapKey) ? data.swapHold : null,
      ...whyMoved(data),
    },
  };
  return accept(granting);
};

const whyMoved = ({ moves }: GrantUnits['data']) => (moves === undefined ? {} : ({ reason: 'moved', reference: moves } as const));

/** Written even where nothing was granted: a late writer that still saw the attempt open must lose here. */
export const close = ({ data }: CloseGrant, item: Item): ItemDecision => {
  const key = attemptKey(data);
  if (item.closed.has(key)) return accept();
  const { sku, orderId, attempt, now } = data;
  const before = openOf(item, key);
  const closed: GrantClosed = {
    type: 'GrantClosed',
    data: { sku, changes: promiseChanges(item, before, { kind: 'allocate', granted: [], now }), decidedAt: now, orderId, attempt },
  };
  return accept(closed);
};

const openOf = (item: Item, key: string): readonly OpenAllocation[] => {
  const ids = item.grants.get(key)?.allocationIds ?? [];
  return [...ids].flatMap((id) => item.allocations.get(id) ?? []);
};

const open = ({ quantity, shipped }: OpenAllocation): number => quantity - shipped;

/** What the attempt has here already counts as free for it, since the new grant replaces it. */
const overpromised = (item: Item, before: readonly OpenAllocation[], granted: readonly GrantedUnits[]): ItemRejection | null => {
  for (const [warehouseId, asked] of sumByWarehouse(granted.filter((each) => !each.unchecked))) {
    const own = before.filter((each) => each.warehouseId === warehouseId).reduce((sum, each) => sum + open(each), 0);
    const free = available(at(item, warehouseId).quantities) + own;
    if (asked > free) return { type: 'NotEnoughStock', warehouseId, available: free, asked };
  }
  return null;
};

const sumByWarehouse = (granted: readonly GrantedUnits[]): ReadonlyMap<WarehouseId, number> => {
  const sums = new Map<WarehouseId, number>();
  for (const { warehouseId, quantity } of granted) sums.set(warehouseId, (sums.get(warehouseId) ?? 0) + quantity);
  return sums;
};

const promiseChanges = (
  item: Item,
  before: readonly OpenAllocation[],
  after: { readonly kind: 'allocate' | 'hold'; readonly granted: readonly GrantedUnits[]; readonly now: string },
): readonly StockChange[] => {
  const warehouses = new Set([...before, ...after.granted].map((each) => each.warehouseId));
  return changes(
    ...[...warehouses].map((warehouseId) => {
      const by = { allocated: 0, held: 0, accepted: 0 };
      for (const each of before) if (each.warehouseId === warehouseId) takeBack(item, each, by);
      for (const each of after.granted)
        if (each.warehouseId === warehouseId) by[after.kind === 'hold' ? 'held' : 'allocated'] += each.quantity;
      return changeOf(warehouseId, after.now, by);
    }),
  );
};

const takeBack = (item: Item, allocation: OpenAllocation, by: { allocated: number; held: number; accepted: number }): void => {
  by[item.grants.get(allocation.key)?.kind === 'hold' ? 'held' : 'allocated'] -= open(allocation);
  if (allocation.acceptedAt !== null) by.accepted -= open(allocation);
};
