/** The middle of the values; of an even number of them, the mean of the two in the middle. */
export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (upper + lower) / 2;
};

/** The smallest value that at least this share (0–1) of all values do not exceed. */
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
};

/** What one run of a load came to. */
export type Run = { readonly perSecond: number; readonly p50Ms: number; readonly p95Ms: number; readonly p99Ms: number };

/** `unitsPerCall`: what one call does, where that is more than one thing. */
export const runOf = (latenciesMs: readonly number[], seconds: number, unitsPerCall = 1): Run => ({
  perSecond: (latenciesMs.length * unitsPerCall) / seconds,
  p50Ms: percentile(latenciesMs, 0.5),
  p95Ms: percentile(latenciesMs, 0.95),
  p99Ms: percentile(latenciesMs, 0.99),
});

/** Each figure's median over the runs. */
export const medianRun = (runs: readonly Run[]): Run => ({
  perSecond: median(runs.map((run) => run.perSecond)),
  p50Ms: median(runs.map((run) => run.p50Ms)),
  p95Ms: median(runs.map((run) => run.p95Ms)),
  p99Ms: median(runs.map((run) => run.p99Ms)),
});

/** The median of the ratios within each round: what else loads the machine loads both sides of a round. */
export const medianRatio = (of: readonly Run[], to: readonly Run[]): number =>
  median(of.map((run, round) => run.perSecond / (to[round]?.perSecond ?? Number.NaN)));
