import type { Event } from '@stockproof/decider';
import type { Instant, Sku } from '@stockproof/vocabulary';
import type { DecisionRecord, Outcome, Wanted } from '../allocation-rule/allocation-rule';
import type { AttemptRef, GrantedUnits } from '../item/item.events';

/** Units as a plan wants them; the item of their SKU grants them. */
export type PlannedUnits = GrantedUnits & { readonly sku: Sku };

type Attempt = AttemptRef & { readonly decidedAt: Instant };

/** Sales wants this for the order. Later attempts end the waiting of earlier ones. */
export type AllocationRequested = Event<'AllocationRequested', Attempt & { wanted: Wanted }>;

/**
 * A plan, written before its first grant so that a crash in between is completed from it. It replaces the attempt's earlier plans
 * wholly; an empty one takes back what they were granted. `record` is null where a person moved a hold.
 */
export type AllocationDecided = Event<
  'AllocationDecided',
  Attempt & { plan: number; units: readonly PlannedUnits[]; record: DecisionRecord | null }
>;

/** Where each item stood right after it granted its part. */
export type GrantedAt = { readonly sku: Sku; readonly revision: number };

/** All units of the plan are promised to the order's shipments. */
export type AllocationGranted = Event<
  'AllocationGranted',
  Attempt & { plan: number; units: readonly PlannedUnits[]; missing: Outcome['missing']; grantedAt: readonly GrantedAt[] }
>;

/** All units of the plan are kept for the order until it is released. */
export type AllocationHeld = Event<
  'AllocationHeld',
  Attempt & { plan: number; units: readonly PlannedUnits[]; missing: Outcome['missing']; grantedAt: readonly GrantedAt[] }
>;

/** Who must go first where the order of the waiting is strict, and for which SKUs both wait. */
export type Behind = AttemptRef & { readonly skus: readonly Sku[] };

/** There was not enough, or it was not its turn; the order waits for what is missing. */
export type AllocationWaiting = Event<
  'AllocationWaiting',
  Attempt & { missing: Outcome['missing']; reasons: Outcome['reasons']; behind?: Behind }
>;

/** The warehouse that a shipment was to move to has too little. It does not wait: the shipment stays where it is. */
export type AllocationRefused = Event<'AllocationRefused', Attempt & { missing: Outcome['missing']; reasons: Outcome['reasons'] }>;

/** Nothing of this attempt is to be promised any more. */
export type AllocationWithdrawn = Event<'AllocationWithdrawn', Attempt>;

/** Nothing of this attempt is promised any more, on any item. */
export type AllocationEnded = Event<'AllocationEnded', Attempt>;

export type AllocationEvent =
  | AllocationRequested
  | AllocationDecided
  | AllocationGranted
  | AllocationHeld
  | AllocationWaiting
  | AllocationRefused
  | AllocationWithdrawn
  | AllocationEnded;
