import type { Run } from './statistics';

/** How long a case measures. */
export type Effort = { readonly rounds: number; readonly warmSeconds: number; readonly seconds: number };

/** What a case is handed in its own process. */
export type Bench = { readonly url: string; readonly effort: Effort; readonly say: (progress: string) => void };

/** One line of the table: the median of its runs. */
export type Measurement = { readonly name: string; readonly callers: number; readonly median: Run; readonly runs: readonly Run[] };

/** A ratio between two measurements and what it should be. */
export type Aim = { readonly name: string; readonly atLeast: number; readonly measured: number };

/** Whether what was measured was also right. */
export type Check = { readonly name: string; readonly passed: boolean; readonly found: string };

export type CaseResult = {
  readonly measurements: readonly Measurement[];
  readonly aims: readonly Aim[];
  readonly checks: readonly Check[];
  /** What explains the figures. */
  readonly notes?: readonly string[];
};

export type BenchCase = { readonly title: string; readonly run: (bench: Bench) => Promise<CaseResult> };
