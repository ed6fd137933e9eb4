import type { Sku } from '@stockproof/vocabulary';
import type { Description } from './variant.events';

/** One SKU of one account, whatever its spelling: its stream alone decides whether it is taken. */
export type Variant =
  | { readonly status: 'unknown' }
  | {
      readonly status: 'sold' | 'archived';
      readonly variantId: string;
      readonly sku: Sku;
      readonly description: Description;
      readonly bundle: boolean;
    };

export const noVariant = (): Variant => ({ status: 'unknown' });
