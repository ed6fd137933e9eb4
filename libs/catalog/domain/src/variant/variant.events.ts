import type { Event } from '@stockproof/decider';
import type { Instant, Sku } from '@stockproof/vocabulary';
import type { ProductSource } from '../product-source/product-source';

/** What an account sells under one SKU, as it can be described and changed. Storage is always mm and g. */
export type Description = {
  readonly name: string;
  readonly barcode: string | null;
  readonly weightG: number | null;
  readonly size: Size | null;
  readonly price: Price | null;
  /** What it is a variant of; `null`: it is a product of its own. */
  readonly productId: string | null;
  /** What others call it, by the name of who or what. */
  readonly references: Readonly<Record<string, string>>;
};

/** Events of old say nothing of products and references. */
export type DescriptionAsWritten = Omit<Description, 'productId' | 'references'> & Partial<Pick<Description, 'productId' | 'references'>>;

/** Where the change came from; absent: from here. */
type Origin = { readonly origin?: ProductSource };

export type Size = { readonly lengthMm: number; readonly widthMm: number; readonly heightMm: number };

/** The amount as decimal text: no binary fraction ever rounds it. */
export type Price = { readonly amount: string; readonly currency: string };

/** A part of a bundle. */
export type Component = { readonly sku: Sku; readonly quantity: number };

/** The account knows this SKU from now on, for the first time or again after it was archived. A variant with components is a bundle. */
export type VariantAdded = Event<
  'VariantAdded',
  { variantId: string; sku: Sku; description: DescriptionAsWritten; components: readonly Component[]; decidedAt: Instant } & Origin
>;

/** It is described otherwise from now on: always the whole description. */
export type VariantRedescribed = Event<
  'VariantRedescribed',
  { variantId: string; sku: Sku; description: DescriptionAsWritten; decidedAt: Instant } & Origin
>;

/** Other articles that may stand in for it, always all of them. They are known here only: no source brings or takes them. */
export type VariantAlternatesNamed = Event<
  'VariantAlternatesNamed',
  { variantId: string; sku: Sku; alternates: readonly string[]; decidedAt: Instant }
>;

/** A source has this SKU: when it drops it, its sale ends. */
export type VariantSupplied = Event<'VariantSupplied', { variantId: string; sku: Sku; source: ProductSource; decidedAt: Instant }>;

/** It is no longer sold; what has history is archived, never deleted. */
export type VariantArchived = Event<'VariantArchived', { variantId: string; sku: Sku; decidedAt: Instant } & Origin>;

export type VariantEvent = VariantAdded | VariantRedescribed | VariantAlternatesNamed | VariantSupplied | VariantArchived;
