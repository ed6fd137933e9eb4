import type { Instant, WarehouseId } from '@stockproof/vocabulary';
import type { AttemptRef, ItemEvent, UnitsGranted } from '../item/item.events';
import { evolve } from '../item/item.evolve';
import { at, attemptKey, noItem, type Item } from '../item/item.state';
import { available, type QuantityName } from '../item/quantities';
import type { Finding } from './finding';

/** An event as the log has it. */
export type Told<E> = { readonly event: E; readonly revision: number; readonly recordedAt: Instant };

/** Units that an event took from an attempt without their leaving or being freed. `swapped`: another attempt of the order took the hold over. */
export type TakenUnits = AttemptRef & {
  readonly allocationIds: readonly string[];
  readonly swapped: boolean;
  readonly revision: number;
  readonly recordedAt: Instant;
};

/** An item as its log alone tells it, and what it should never have come to. Changed in place, in memory that does not grow with the log. */
export type ItemHistory = { readonly item: Item; revision: number; readonly overpromised: Finding[] };

/** Enough to see what is wrong; more of the same says no more. */
const overpromisesKept = 20;

export const itemHistory = (): ItemHistory => ({ item: noItem(), revision: 0, overpromised: [] });

/** Takes the next event in; answers what it took away, so that its owner can be asked. */
export const hearItemEvent = (history: ItemHistory, told: Told<ItemEvent>): readonly TakenUnits[] => {
  const taken = takenBy(history.item, told);
  evolve(history.item, told.event);
  history.revision = told.revision;
  if (told.event.type === 'UnitsGranted' && history.overpromised.length < overpromisesKept)
    history.overpromised.push(...overpromises(history.item, told.event, told.revision));
  return taken;
};

const openIdsOf = (item: Item, ref: AttemptRef): readonly string[] =>
  [...(item.grants.get(attemptKey(ref))?.allocationIds ?? [])].filter((id) => item.allocations.has(id));

const takenBy = (item: Item, { event, revision, recordedAt }: Told<ItemEvent>): readonly TakenUnits[] => {
  if (event.type !== 'GrantClosed' && event.type !== 'UnitsGranted') return [];
  const { orderId, attempt } = event.data;
  const kept = new Set(event.type === 'UnitsGranted' ? event.data.granted.map((each) => each.allocationId) : []);
  const swappedHold = event.type === 'UnitsGranted' ? event.data.swappedHold : null;
  const from = [{ orderId, attempt, swapped: false }, ...(swappedHold === null ? [] : [{ orderId, attempt: swappedHold, swapped: true }])];
  return from
    .map((each) => ({ ...each, allocationIds: openIdsOf(item, each).filter((id) => !kept.has(id)), revision, recordedAt }))
    .filter(({ allocationIds }) => allocationIds.length > 0);
};

/** Where a grant looked at stock, nothing may be promised afterwards that is not there. */
const overpromises = (item: Item, { data }: UnitsGranted, revision: number): readonly Finding[] => {
  const checked = new Set(data.granted.filter((each) => !each.unchecked).map((each) => each.warehouseId));
  return [...checked].flatMap((warehouseId): readonly Finding[] => {
    const { quantities } = at(item, warehouseId);
    const left = available(quantities);
    if (left >= 0) return [];
    const { total, unsellable, allocated, held } = quantities;
    return [
      {
        kind: 'overpromised',
        about: `overpromised ${revision} ${warehouseId}`,
        sku: data.sku,
        warehouseId,
        orderId: data.orderId,
        attempt: data.attempt,
        says: `The grant at revision ${revision} promised ${-left} more than there was`,
        evidence: { revision, total, unsellable, allocated, held },
        repair: null,
      },
    ];
  });
};

const neverNegative: readonly QuantityName[] = ['allocated', 'held', 'incoming', 'accepted', 'unsellable'];

/** What is wrong with an item by itself, as it stands after all that was heard. */
export const faultsOfItem = ({ item, revision, overpromised }: ItemHistory): readonly Finding[] => {
  const promised = promisedAt(item);
  const states = [...item.warehouses].flatMap(([warehouseId, { quantities }]): readonly Finding[] => {
    const about = { sku: item.sku, warehouseId, orderId: null, attempt: null, repair: null };
    const negative = neverNegative
      .filter((name) => quantities[name] < 0)
      .map((name): Finding => ({
        ...about,
        kind: 'quantity-below-zero',
        about: `below zero ${name} ${warehouseId}`,
        says: `${quantities[name]} are ${name}`,
        evidence: { revision, ...quantities },
      }));
    const { allocated, held } = promised.get(warehouseId) ?? { allocated: 0, held: 0 };
    if (allocated === quantities.allocated && held === quantities.held) return negative;
    return [
      ...negative,
      {
        ...about,
        kind: 'promises-unlike-quantities',
        about: `promises ${warehouseId}`,
        says: `${quantities.allocated} are allocated and ${quantities.held} held, but open promises make ${allocated} and ${held}`,
        evidence: { revision, quantities: { allocated: quantities.allocated, held: quantities.held }, promises: { allocated, held } },
      },
    ];
  });
  return [...overpromised, ...states];
};

const promisedAt = (item: Item): ReadonlyMap<WarehouseId, { allocated: number; held: number }> => {
  const sums = new Map<WarehouseId, { allocated: number; held: number }>();
  for (const { warehouseId, key, quantity, shipped } of item.allocations.values()) {
    const sum = sums.get(warehouseId) ?? { allocated: 0, held: 0 };
    sum[item.grants.get(key)?.kind === 'hold' ? 'held' : 'allocated'] += quantity - shipped;
    sums.set(warehouseId, sum);
  }
  return sums;
};
