import type { Instant } from '@stockproof/vocabulary';
import type { AllocationEvent, GrantedAt } from '../allocation/allocation.events';
import { evolve, noAllocation, type Allocation, type Attempt } from '../allocation/allocation.state';
import type { Told } from './item-history';

/** An order's attempts as their log alone tells them. */
export type OrderHistory = {
  readonly allocation: Allocation;
  /** When each attempt last changed. */
  readonly changedAt: ReadonlyMap<number, Instant>;
  /** Where each item stood after it had granted its part of the attempt's last plan. */
  readonly grantedAt: ReadonlyMap<number, readonly GrantedAt[]>;
  /** False where an event is not what its type says: nothing is concluded from such a history. */
  readonly readable: boolean;
};

/** The history of an order whose events cannot be read. */
export const unreadableOrder = (): OrderHistory => ({
  allocation: noAllocation(),
  changedAt: new Map(),
  grantedAt: new Map(),
  readable: false,
});

export const orderHistory = (told: readonly Told<AllocationEvent>[]): OrderHistory => {
  const allocation = noAllocation();
  const changedAt = new Map<number, Instant>();
  const grantedAt = new Map<number, readonly GrantedAt[]>();
  for (const { event, recordedAt } of told) {
    evolve(allocation, event);
    changedAt.set(event.data.attempt, recordedAt);
    if (event.type === 'AllocationGranted' || event.type === 'AllocationHeld') grantedAt.set(event.data.attempt, event.data.grantedAt);
  }
  return { allocation, changedAt, grantedAt, readable: true };
};

/** It has been promised what its last plan says, and nothing is under way. */
export const isSettled = ({ status, planOpen }: Attempt): boolean => (status === 'granted' || status === 'held') && !planOpen;
