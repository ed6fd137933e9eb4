import type { Event } from '@stockproof/decider';
import type { Instant } from '@stockproof/vocabulary';
import type { ProductSource } from '../product-source/product-source';

/** What groups variants is called so from now on: always the whole description. */
export type ProductDescribed = Event<
  'ProductDescribed',
  { productId: string; title: string; references: Readonly<Record<string, string>>; origin: ProductSource; decidedAt: Instant }
>;

export type ProductEvent = ProductDescribed;
