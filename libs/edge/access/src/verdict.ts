import type { Problem } from '@stockproof/http-problems';

/**
 * A step on the way to a caller: what was found, or why not. `final` is false where tomorrow's word from tenancy may change it – what
 * is unknown and what is out of reach alike, so that waiting tells nobody which it was.
 */
export type Verdict<T> =
  { readonly is: 'yes'; readonly value: T } | { readonly is: 'no'; readonly problem: Problem; readonly final: boolean };

export const yes = <T>(value: T): Verdict<T> => ({ is: 'yes', value });
export const never = (problem: Problem): Verdict<never> => ({ is: 'no', problem, final: true });
export const notYet = (problem: Problem): Verdict<never> => ({ is: 'no', problem, final: false });
