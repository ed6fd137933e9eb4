import type { Command } from '@stockproof/decider';
import type { Instant } from '@stockproof/vocabulary';
import type { ProductSource } from '../product-source/product-source';

/** What it names is replaced, the rest stays as it is; a product that was unknown is known from then on. */
export type DescribeProduct = Command<
  'DescribeProduct',
  {
    productId: string;
    changes: { readonly title?: string; readonly references?: Readonly<Record<string, string>> };
    origin: ProductSource;
    now: Instant;
  }
>;

export type ProductCommand = DescribeProduct;
