import { isRight } from './check';
import type { Verdict } from './evidence';

/** A line for each promise: how often it was looked at and what is wrong. */
export const verdictLines = (verdicts: readonly Verdict[]): readonly string[] =>
  verdicts.flatMap((verdict) => [
    `${isRight(verdict) ? 'holds ' : 'BROKEN'}  ${String(verdict.looked).padStart(8)} looked at${isRight(verdict) ? '' : `, ${verdict.wrong} wrong`}  ${verdict.name}`,
    ...verdict.examples.map((example) => `          ${example}`),
  ]);

export const countLine = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
