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

export type Bundle = { readonly sku: string; readonly components: readonly { readonly sku: string; readonly quantity: number }[] };

/** What is available of one SKU in each physical warehouse, by the key of the SKU. */
export type AvailableIn = (key: string, warehouseId: string) => number;

const ofBundle = ({ components }: Bundle, available: (key: string) => number): number =>
  components.length === 0
    ? 0
    : Math.max(0, Math.min(...components.map(({ sku, quantity }) => Math.floor(available(skuKey(sku)) / quantity))));

/** How many of a bundle a warehouse's members have: together where orders may be split, else each for itself. */
export const availableBundles = (bundle: Bundle, members: readonly string[], available: AvailableIn, maySplit: boolean): number => {
  const inMember = (warehouseId: string) => (key: string) => Math.max(0, available(key, warehouseId));
  if (maySplit) return ofBundle(bundle, (key) => members.reduce((sum, warehouseId) => sum + inMember(warehouseId)(key), 0));
  return members.reduce((sum, warehouseId) => sum + ofBundle(bundle, inMember(warehouseId)), 0);
};
