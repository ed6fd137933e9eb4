import type { Sku } from '@stockproof/vocabulary';

/** One name that one channel has for a SKU. */
export type SkuMapping =
  { readonly status: 'none' } | { readonly status: 'mapped'; readonly channelId: string; readonly theirs: string; readonly sku: Sku };

export const noSkuMapping = (): SkuMapping => ({ status: 'none' });
