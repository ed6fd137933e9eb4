import type { Event } from '@stockproof/decider';
import type { Instant, Sku } from '@stockproof/vocabulary';

/** What an account sells under one SKU, as it can be described and changed. Storage is always mm and g. */
export type Description = {
  readonly name: string;
  readonly barcode: string | null;
  readonly weightG: number | null;
  readonly size: Size | null;
  readonly price: Price | null;
};

export type Size = { readonly lengthMm: number; readonly widthMm: number; readonly heightMm: number };

/** The amount as decimal text: no binary fraction ever rounds it. */
export type Price = { readonly amount: string; readonly currency: string };

/** A part of a bundle. */
export type Component = { readonly sku: Sku; readonly quantity: number };

/** The account knows this SKU from now on, for the first time or again after it was archived. A variant with components is a bundle. */
export type VariantAdded = Event<
  'VariantAdded',
  { variantId: string; sku: Sku; description: Description; components: readonly Component[]; decidedAt: Instant }
>;

/** It is described otherwise from now on: always the whole description. */
export type VariantRedescribed = Event<'VariantRedescribed', { variantId: string; sku: Sku; description: Description; decidedAt: Instant }>;

/** It is no longer sold; what has history is archived, never deleted. */
export type VariantArchived = Event<'VariantArchived', { variantId: string; sku: Sku; decidedAt: Instant }>;

export type VariantEvent = VariantAdded | VariantRedescribed | VariantArchived;
