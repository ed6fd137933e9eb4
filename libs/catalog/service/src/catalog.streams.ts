import type { Aggregate, AggregateHandler, CommandHandling } from '@stockproof/command-handling';
import { variantDecider, type Variant, type VariantCommand, type VariantEvent, type VariantRejection } from '@stockproof/catalog-domain';
import { skuKey, type AccountId, type Sku } from '@stockproof/vocabulary';

export type VariantHandler = AggregateHandler<Variant, VariantCommand, VariantEvent, VariantRejection>;

/** One stream per SKU of an account: two spellings of it meet there, and the first wins. */
const variantAggregate: Aggregate<Variant, VariantCommand, VariantEvent, VariantRejection> = {
  category: 'catalog.variant',
  decider: variantDecider,
  schemaVersion: 1,
};

export const variantStream = (accountId: AccountId, sku: Sku): string => `catalog.variant-${accountId}-${skuKey(sku)}`;

export const variantHandler = (commands: CommandHandling): VariantHandler => commands.aggregate(variantAggregate);
