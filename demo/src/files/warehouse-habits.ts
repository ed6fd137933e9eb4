import { createHash } from 'node:crypto';

/** Shares of a hundred, in the order in which the simulated warehouse deals them out; docs/guides/generic-http-connector.md has the table. */
const shares = [
  ['two-steps', 8],
  ['twice', 8],
  ['lost', 6],
  ['late', 6],
  ['short', 4],
  ['refused', 1],
  ['cancelled', 1],
] as const;

export type Habit = (typeof shares)[number][0] | 'plain';

/** What the simulated warehouse will make of an order with this number: a hash of the number decides, so every run is the same. */
export const habitOf = (orderNumber: string): Habit => {
  let left = createHash('sha256').update(orderNumber).digest().readUInt32BE(0) % 100;
  for (const [habit, share] of shares) {
    if (left < share) return habit;
    left -= share;
  }
  return 'plain';
};

/**
 * Whether units of the order may come free again while others wait. Which of them are served then depends on what comes first; so the
 * files let such orders name only what there is plenty of, and every run ends with the same table.
 */
export const mayFreeUnits = (orderNumber: string): boolean => ['short', 'refused', 'cancelled'].includes(habitOf(orderNumber));
