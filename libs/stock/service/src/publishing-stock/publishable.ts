import { skuKey } from '@stockproof/vocabulary';

/** How a warehouse's figures go to one shop. */
export type PublicationRule = {
  readonly buffer: number;
  readonly percentage: number;
  readonly cap: number | null;
  readonly excludedSkus: readonly string[];
};

/** What of a figure a shop is told: what the buffer leaves, a share of it, never above the cap, never below 0. */
export const published = (available: number, sku: string, rule: PublicationRule | null): number => {
  const figure = Math.max(0, available);
  if (rule === null) return figure;
  if (rule.excludedSkus.some((excluded) => skuKey(excluded) === skuKey(sku))) return 0;
  const share = Math.floor((Math.max(0, figure - rule.buffer) * rule.percentage) / 100);
  return rule.cap === null ? share : Math.min(share, rule.cap);
};
