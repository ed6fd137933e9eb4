import type { Allocation } from '@stockproof/stock-domain';

/** It has its outcome, was withdrawn, or a later attempt has taken its place: waiting ends with the next request of the order. */
export const needsNoPlan = (allocation: Allocation, number: number): boolean => {
  const attempt = allocation.attempts.get(number);
  if (attempt?.planOpen) return false;
  if (attempt && attempt.status !== 'requested' && attempt.status !== 'waiting') return true;
  // What is to move is not waited for: no later wish of the order takes its place.
  if (attempt?.wanted?.kind === 'move') return false;
  return [...allocation.attempts.values()].some((each) => each.attempt > number && each.wanted?.kind === 'allocate');
};
