import type { Command } from '@stockproof/decider';
import type { Instant, Sku } from '@stockproof/vocabulary';
import type { Component, Description } from './variant.events';

/** What was looked up of a component: bundles do not nest, and only what is sold can be part of one. */
export type KnownComponent = Component & { readonly standing: 'usable' | 'unknown' | 'archived' | 'bundle' };

export type AddVariant = Command<
  'AddVariant',
  { variantId: string; sku: Sku; description: Description; components: readonly KnownComponent[]; now: Instant }
>;

/** What it names is replaced, the rest stays as it is. */
export type ChangeVariant = Command<
  'ChangeVariant',
  { changes: { readonly [Name in keyof Description]?: Description[Name] }; now: Instant }
>;

export type ArchiveVariant = Command<'ArchiveVariant', { now: Instant }>;

export type VariantCommand = AddVariant | ChangeVariant | ArchiveVariant;
