import type { Sku } from '@stockproof/vocabulary';
import type { Component, Description } from './variant.events';

/** One SKU of one account, whatever its spelling: its stream alone decides whether it is taken. */
export type Variant =
  | { readonly status: 'unknown' }
  | {
      readonly status: 'sold' | 'archived';
      readonly variantId: string;
      readonly sku: Sku;
      readonly description: Description;
      /** Empty for anything but a bundle. */
      readonly components: readonly Component[];
      readonly alternates: readonly string[];
      /** The sources, in one word each, that ever had it. */
      readonly suppliedBy: readonly string[];
    };

export type KnownVariant = Exclude<Variant, { readonly status: 'unknown' }>;

export const noVariant = (): Variant => ({ status: 'unknown' });
