import { createHash } from 'node:crypto';

/** What the simulator makes of a number: everything that it ever does differently hangs on this and on nothing else. */
export type Behaviour =
  'ships' | 'ships-in-two-steps' | 'ships-short' | 'is-late' | 'reports-twice' | 'loses-first-answer' | 'refuses' | 'cancels' | 'waits';

/** The last part of an order number, behind its last hyphen, chooses; upper or lower case. */
export const suffixes: Readonly<Record<string, Behaviour>> = {
  OK: 'ships',
  '2STEP': 'ships-in-two-steps',
  SHORT: 'ships-short',
  LATE: 'is-late',
  TWICE: 'reports-twice',
  LOST: 'loses-first-answer',
  REFUSE: 'refuses',
  CANCEL: 'cancels',
  WAIT: 'waits',
};

/** Of a hundred orders without a suffix so many behave so; the rest ships in one piece. */
export const shares: readonly (readonly [Behaviour, number])[] = [
  ['ships-in-two-steps', 8],
  ['reports-twice', 8],
  ['loses-first-answer', 6],
  ['is-late', 6],
  ['ships-short', 4],
  ['refuses', 1],
  ['cancels', 1],
];

const percentile = (number: string) => createHash('sha256').update(number).digest().readUInt32BE(0) % 100;

/** The same number behaves the same in every run, on every machine. */
export const behaviourOf = (number: string): Behaviour => {
  const named = suffixes[number.slice(number.lastIndexOf('-') + 1).toUpperCase()];
  if (named !== undefined && number.includes('-')) return named;
  let left = percentile(number);
  for (const [behaviour, share] of shares) {
    if (left < share) return behaviour;
    left -= share;
  }
  return 'ships';
};
