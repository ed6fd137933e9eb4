import { msBetween, skuKey, type Instant, type Sku } from '@stockproof/vocabulary';
import type { PlannedUnits } from '../allocation/allocation.events';
import type { Attempt } from '../allocation/allocation.state';
import type { ItemEvent } from '../item/item.events';
import type { Grant, Item } from '../item/item.state';
import type { Finding } from './finding';
import type { TakenUnits } from './item-history';
import { isSettled, type OrderHistory } from './order-history';

/**
 * How long a flow over several streams may take before what it has not finished is a finding: an attempt is withdrawn in its own
 * stream first and on its items after that; a hold is taken over on the items first and ended in its stream after that. Whoever
 * died in between is followed by a repeat of the same message, long before this.
 */
export const settlingMs = 10 * 60_000;

/** Histories of orders that were read after the item, and when they were. */
export type Owners = { readonly orders: ReadonlyMap<string, OrderHistory>; readonly now: Instant };

/**
 * Grants of an item that nobody who lives claims. A plan is written before its first grant and an attempt ended after its last one
 * is closed, so what the item knew and its owner, read later, does not is no race; the one case that may be, an attempt that waits
 * again, is settled by looking at the item once more.
 */
export const grantsWithoutOwner = (item: Item, { orders, now }: Owners): readonly Finding[] =>
  [...item.grants.values()].flatMap((grant): readonly Finding[] => {
    const open = [...grant.allocationIds].filter((id) => item.allocations.has(id));
    if (open.length === 0) return [];
    const order = orders.get(grant.orderId);
    if (order?.readable === false) return [];
    const attempt = order?.allocation.attempts.get(grant.attempt);
    const unclaimed = unclaimedUnits(item, open, { attempt, settled: isOverdue(order?.changedAt.get(grant.attempt), now) });
    return unclaimed === null ? [] : [ownerless(item, grant, unclaimed)];
  });

/** Of grants that seemed to have no owner those that do not on a second look either: the item read again, the owners as they were seen. */
export const stillWithoutOwner = (suspected: readonly Finding[], again: readonly Finding[]): readonly Finding[] => {
  const before = new Set(suspected.map(grantOf));
  return again.filter((finding) => before.has(grantOf(finding)));
};

/** The grant itself: of a later plan of the same attempt it says nothing. */
const grantOf = ({ about, evidence }: Finding): string => JSON.stringify([about, evidence['plan'], evidence['allocationIds']]);

const isOverdue = (since: Instant | undefined, now: Instant): boolean => since === undefined || msBetween(since, now) > settlingMs;

type Unclaimed = { readonly allocationIds: readonly string[]; readonly because: string };
type Owner = { readonly attempt: Attempt | undefined; readonly settled: boolean };

const unclaimedUnits = (item: Item, open: readonly string[], { attempt, settled }: Owner): Unclaimed | null => {
  if (attempt === undefined) return { allocationIds: open, because: 'its order knows no such attempt' };
  if (attempt.planOpen) return null;
  switch (attempt.status) {
    case 'requested':
      return { allocationIds: open, because: 'no plan of the attempt was ever written' };
    case 'waiting':
      return { allocationIds: open, because: 'the attempt waits, so it was promised nothing' };
    case 'refused':
      return { allocationIds: open, because: 'the move was refused' };
    case 'withdrawn':
      return settled ? { allocationIds: open, because: 'the attempt was withdrawn' } : null;
    case 'ended':
      return { allocationIds: open, because: 'the attempt has ended' };
    case 'granted':
    case 'held':
      return beyondPlan(item, open, attempt);
  }
};

/** Where planned units are missing too, plan and grant disagree as a whole: that is told of the owner, once. */
const beyondPlan = (item: Item, open: readonly string[], attempt: Attempt): Unclaimed | null => {
  const planned = (attempt.lastPlan?.units ?? []).filter((unit) => skuKey(unit.sku) === skuKey(item.sku ?? ''));
  const extra = open.filter((id) => !planned.some((unit) => unit.allocationId === id));
  const lacksSome = planned.some(({ allocationId }) => !item.allocations.has(allocationId) && !item.ended.has(allocationId));
  return extra.length === 0 || lacksSome ? null : { allocationIds: extra, because: 'its last plan does not name them' };
};

const ownerless = (item: Item, { orderId, attempt, plan }: Grant, { allocationIds, because }: Unclaimed): Finding => {
  const units = allocationIds.flatMap((id) => item.allocations.get(id) ?? []);
  const quantity = units.reduce((sum, unit) => sum + unit.quantity - unit.shipped, 0);
  return {
    kind: 'allocation-without-owner',
    about: `grant ${orderId} ${attempt}`,
    sku: item.sku,
    warehouseId: units[0]?.warehouseId ?? null,
    orderId,
    attempt,
    says: `${quantity} are promised to attempt ${attempt} of order ${orderId}, but ${because}`,
    evidence: {
      revision: item.events,
      plan,
      allocationIds,
      units: units.map((unit) => ({ warehouseId: unit.warehouseId, quantity: unit.quantity - unit.shipped, shipmentId: unit.shipmentId })),
    },
    repair: 'release-units',
  };
};

/** Units that an item took from an attempt which still claims them: its stream, read later, says neither withdrawn nor planned anew. */
export const takenFromOwners = (sku: Sku | null, taken: readonly TakenUnits[], { orders, now }: Owners): readonly Finding[] =>
  taken.flatMap(({ orderId, attempt: number, allocationIds, swapped, revision, recordedAt }): readonly Finding[] => {
    const attempt = orders.get(orderId)?.allocation.attempts.get(number);
    if (attempt === undefined || !isSettled(attempt)) return [];
    if (swapped && !isOverdue(recordedAt, now)) return [];
    const units = (attempt.lastPlan?.units ?? []).filter((unit) => allocationIds.includes(unit.allocationId));
    if (units.length === 0) return [];
    return [missing({ orderId, attempt: number, sku: sku ?? '', status: attempt.status, units }, `taken from it at revision ${revision}`)];
  });

/** What a living attempt says it was promised of one SKU, and where the item is said to have granted it. */
export type Claim = {
  readonly orderId: string;
  readonly attempt: number;
  readonly plan: number;
  readonly status: string;
  readonly sku: Sku;
  readonly units: readonly PlannedUnits[];
  /** `null`: not said. */
  readonly grantedAt: number | null;
};

/** All that an order's settled attempts claim. An attempt under way is carried on by whoever has it in hand, or is reminded of it. */
export const claimsOf = (orderId: string, { allocation, grantedAt }: OrderHistory): readonly Claim[] =>
  [...allocation.attempts.values()].filter(isSettled).flatMap(({ attempt, status, lastPlan }) =>
    [...Map.groupBy(lastPlan?.units ?? [], ({ sku }) => skuKey(sku)).values()].map((units): Claim => {
      const sku = units[0]?.sku ?? '';
      const said = grantedAt.get(attempt)?.find((each) => skuKey(each.sku) === skuKey(sku));
      return { orderId, attempt, plan: lastPlan?.plan ?? 0, status, sku, units, grantedAt: said?.revision ?? null };
    }),
  );

/** Whether this is the event by which the item granted the claim, wholly or not; its own grant, or any that names its units. */
export const answersClaim = (event: ItemEvent, { orderId, attempt, plan, units }: Claim): boolean => {
  if (event.type !== 'UnitsGranted' || event.data.orderId !== orderId) return false;
  if (event.data.attempt === attempt && event.data.plan === plan) return true;
  return event.data.granted.some(({ allocationId }) => units.some((unit) => unit.allocationId === allocationId));
};

/** What of a claim its item never granted; `event`: the one that answers it, `null` where there is none. */
export const unmetClaim = (claim: Claim, event: ItemEvent | null): Finding | null => {
  const granted = event?.type === 'UnitsGranted' ? event.data.granted : [];
  const units = claim.units.filter(
    ({ allocationId, quantity }) => !granted.some((each) => each.allocationId === allocationId && each.quantity === quantity),
  );
  return units.length === 0 ? null : missing({ ...claim, units }, event === null ? 'never granted' : 'not what the item granted');
};

const missing = (
  { orderId, attempt, sku, status, units }: Pick<Claim, 'orderId' | 'attempt' | 'sku' | 'status' | 'units'>,
  because: string,
): Finding => ({
  kind: 'owner-without-allocation',
  about: `owner ${orderId} ${attempt} ${skuKey(sku)}`,
  sku,
  warehouseId: units[0]?.warehouseId ?? null,
  orderId,
  attempt,
  says: `Attempt ${attempt} of order ${orderId} is ${status}, but ${units.reduce((sum, { quantity }) => sum + quantity, 0)} of its units are ${because}`,
  evidence: {
    allocationIds: units.map(({ allocationId }) => allocationId),
    units: units.map(({ warehouseId, quantity, shipmentId }) => ({ warehouseId, quantity, shipmentId })),
  },
  repair: 'grant-again',
});
