import type { Instant, Sku } from '@stockproof/vocabulary';

/** `full`: what is not named is not for sale. `changes`: what is not named stays as it was. */
export type PublishedStock = {
  readonly mode: 'full' | 'changes';
  readonly publishedAt: Instant;
  /** Ready figures, after buffers and caps, never below 0. `warehouseCode` null: for the shop as a whole. */
  readonly rows: readonly { readonly sku: Sku; readonly warehouseCode: string | null; readonly quantity: number }[];
};
