import type { Sku } from '@stockproof/vocabulary';
import type { DecisionRecord, Wanted } from '../allocation-rule/allocation-rule';
import type { AllocationEvent, PlannedUnits } from './allocation.events';

export type Plan = { readonly plan: number; readonly units: readonly PlannedUnits[]; readonly record: DecisionRecord | null };

export type AttemptStatus = 'requested' | 'waiting' | 'granted' | 'held' | 'refused' | 'withdrawn' | 'ended';

export type Attempt = {
  readonly attempt: number;
  wanted: Wanted | null;
  status: AttemptStatus;
  /** The last plan written; null: none yet. */
  lastPlan: Plan | null;
  /** Written, and without an outcome yet. */
  planOpen: boolean;
  /** Every SKU that any plan of the attempt has named: a withdrawal tells them all. */
  readonly skus: Set<Sku>;
};

/** All attempts of one order. */
export type Allocation = { readonly attempts: Map<number, Attempt> };

export const noAllocation = (): Allocation => ({ attempts: new Map() });

export const evolve = (allocation: Allocation, event: AllocationEvent): Allocation => {
  const attempt = attemptOf(allocation, event.data.attempt);
  switch (event.type) {
    case 'AllocationRequested':
      attempt.wanted = event.data.wanted;
      return allocation;
    case 'AllocationDecided': {
      const { plan, units, record } = event.data;
      attempt.lastPlan = { plan, units, record };
      attempt.planOpen = true;
      for (const { sku } of units) attempt.skus.add(sku);
      return allocation;
    }
    case 'AllocationGranted':
      return settle(allocation, attempt, 'granted');
    case 'AllocationHeld':
      return settle(allocation, attempt, 'held');
    case 'AllocationWaiting':
      return settle(allocation, attempt, 'waiting');
    case 'AllocationRefused':
      return settle(allocation, attempt, 'refused');
    case 'AllocationWithdrawn':
      return settle(allocation, attempt, 'withdrawn');
    case 'AllocationEnded':
      return settle(allocation, attempt, 'ended');
  }
};

const settle = (allocation: Allocation, attempt: Attempt, status: AttemptStatus): Allocation => {
  attempt.status = status;
  attempt.planOpen = false;
  return allocation;
};

const attemptOf = (allocation: Allocation, number: number): Attempt => {
  const known = allocation.attempts.get(number);
  if (known) return known;
  const fresh: Attempt = { attempt: number, wanted: null, status: 'requested', lastPlan: null, planOpen: false, skus: new Set() };
  allocation.attempts.set(number, fresh);
  return fresh;
};
