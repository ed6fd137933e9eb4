import type { Command } from '@stockproof/decider';
import type { Instant, Sku } from '@stockproof/vocabulary';
import type { ProductSource } from '../product-source/product-source';
import type { SentDescription } from './description';
import type { Component, Description } from './variant.events';

/** What was looked up of a component: bundles do not nest, and only what is sold can be part of one. */
export type KnownComponent = Component & { readonly standing: 'usable' | 'unknown' | 'archived' | 'bundle' };

/** `productKnown`: what was looked up of the product that is named, true where none is. */
export type AddVariant = Command<
  'AddVariant',
  {
    variantId: string;
    sku: Sku;
    description: Description;
    components: readonly KnownComponent[];
    productKnown: boolean;
    now: Instant;
  }
>;

/** What it names is replaced, the rest stays as it is. */
export type ChangeVariant = Command<
  'ChangeVariant',
  {
    changes: { readonly [Name in keyof Description]?: Description[Name] };
    alternates: readonly string[] | null;
    productKnown: boolean;
    now: Instant;
  }
>;

/** What a file or a channel sends of a SKU, known or not: what it sends is replaced, the rest stays. `components` null: not sent. */
export type SupplyVariant = Command<
  'SupplyVariant',
  {
    variantId: string;
    sku: Sku;
    sent: SentDescription;
    components: readonly KnownComponent[] | null;
    source: ProductSource;
    now: Instant;
  }
>;

/** A source says that it no longer has the SKU. */
export type DropVariant = Command<'DropVariant', { source: ProductSource; now: Instant }>;

export type ArchiveVariant = Command<'ArchiveVariant', { now: Instant }>;

export type VariantCommand = AddVariant | ChangeVariant | SupplyVariant | DropVariant | ArchiveVariant;
