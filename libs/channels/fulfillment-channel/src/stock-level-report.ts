import type { Instant, Sku } from '@stockproof/vocabulary';

/** Is a reported figure what is physically there, or what the warehouse thinks can still be sold? */
export type LevelMeaning = 'on-hand' | 'available';

export type ReportedLevel = { readonly sku: Sku; readonly quantity: number };

/** What a warehouse counted; whatever happened after `takenAt` is not in it. SKUs that it leaves out are not reported, not zero. */
export type StockLevelReport = {
  readonly takenAt: Instant;
  /** `null`: it does not say; then it means what the channel was set up to mean. */
  readonly meaning: LevelMeaning | null;
  readonly rows: readonly ReportedLevel[];
};
