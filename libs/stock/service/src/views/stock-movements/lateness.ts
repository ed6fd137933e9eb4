import { msBetween, type Instant } from '@stockproof/vocabulary';

/** The last class takes in everything later: 4^22 ms are more than five hundred years. */
export const latenessMax = 22;

/**
 * The n for which 4^n ms ≤ the stretch < 4^(n + 1) ms, 0 for anything shorter than 4 ms, `null` where there is none. Stretches of one
 * class that cover a moment all begin shortly before it, so a B-tree finds them without reading the others.
 */
export const stretchClass = (from: Instant, until: Instant): number | null => {
  const ms = msBetween(from, until);
  if (ms <= 0) return null;
  let n = 0;
  for (let next = 4; next <= ms && n < latenessMax; next *= 4) n += 1;
  return n;
};

/** SQL: where a stretch of class `n` that covers `moment` can begin at the earliest, exclusive. */
export const stretchBegin = (moment: string, n: string): string =>
  `case when ${n} < ${latenessMax} then ${moment} - make_interval(secs => power(4, ${n} + 1) / 1000.0) else '-infinity' end`;
