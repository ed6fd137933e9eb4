import type { AllocationAsked, AllocationTakenBack, AllocationTerms, Wanted } from './sales-order.events';
import { wantedOf, type SalesOrder } from './sales-order.state';

/** Asks stock for all that is open; an earlier attempt that still waits is taken back first, a hold is taken over. */
export const ask = (
  order: SalesOrder,
  kind: 'allocate' | 'hold',
  terms: AllocationTerms,
  now: string,
): readonly (AllocationTakenBack | AllocationAsked)[] => askFor(order, wantedOf(order, kind, terms), now);

export const askFor = (order: SalesOrder, wanted: Wanted, now: string): readonly (AllocationTakenBack | AllocationAsked)[] => {
  const orderId = order.orderId ?? '';
  if (wanted.lines.length === 0) return [];
  const earlier: readonly AllocationTakenBack[] = order.asked
    ? [{ type: 'AllocationTakenBack', data: { orderId, attempt: order.asked.attempt, decidedAt: now } }]
    : [];
  return [...earlier, { type: 'AllocationAsked', data: { orderId, attempt: order.lastAttempt + 1, wanted, decidedAt: now } }];
};

/**
 * Stock answers an attempt that this order never asked for: the order's log was restored to a time before it asked. What was promised
 * is given back, and the number of the attempt is used up, for stock remembers it.
 */
export const neverAsked = (
  order: SalesOrder,
  { orderId, attempt, now }: { readonly orderId: string; readonly attempt: number; readonly now: string },
): readonly (AllocationTakenBack | AllocationAsked)[] => {
  if (attempt <= order.lastAttempt) return [];
  const givenBack: AllocationTakenBack = { type: 'AllocationTakenBack', data: { orderId, attempt, decidedAt: now } };
  // What this order waits for it had taken back before it asked the lost attempt, and stock has not forgotten that.
  return [givenBack, ...(order.asked ? askFor({ ...order, lastAttempt: attempt }, order.asked.wanted, now) : [])];
};

/** Neither asks nor keeps anything any more. */
export const takeBack = (order: SalesOrder, now: string): readonly AllocationTakenBack[] => {
  const attempts = new Set([order.asked?.attempt, order.holdAttempt].filter((attempt) => typeof attempt === 'number'));
  return [...attempts].map((attempt) => ({ type: 'AllocationTakenBack', data: { orderId: order.orderId ?? '', attempt, decidedAt: now } }));
};
