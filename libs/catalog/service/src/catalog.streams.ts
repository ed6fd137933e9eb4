import type { Aggregate, AggregateHandler, CommandHandling } from '@stockproof/command-handling';
import {
  skuMappingDecider,
  variantDecider,
  type SkuMapping,
  type SkuMappingCommand,
  type SkuMappingEvent,
  type SkuMappingRejection,
  type Variant,
  type VariantCommand,
  type VariantEvent,
  type VariantRejection,
} from '@stockproof/catalog-domain';
import { skuKey, type AccountId, type Sku } from '@stockproof/vocabulary';

export type VariantHandler = AggregateHandler<Variant, VariantCommand, VariantEvent, VariantRejection>;
export type SkuMappingHandler = AggregateHandler<SkuMapping, SkuMappingCommand, SkuMappingEvent, SkuMappingRejection>;

/** The ways to catalog's streams. */
export type CatalogStreams = { readonly variants: VariantHandler; readonly skuMappings: SkuMappingHandler };

/** One stream per SKU of an account: two spellings of it meet there, and the first wins. */
const variantAggregate: Aggregate<Variant, VariantCommand, VariantEvent, VariantRejection> = {
  category: 'catalog.variant',
  decider: variantDecider,
  schemaVersion: 1,
};

/** One stream per name that a channel has, whatever its spelling. */
const skuMappingAggregate: Aggregate<SkuMapping, SkuMappingCommand, SkuMappingEvent, SkuMappingRejection> = {
  category: 'catalog.skuMapping',
  decider: skuMappingDecider,
  schemaVersion: 1,
};

export const variantStream = (accountId: AccountId, sku: Sku): string => `catalog.variant-${accountId}-${skuKey(sku)}`;
export const skuMappingStream = (accountId: AccountId, channelId: string, theirs: string): string =>
  `catalog.skuMapping-${accountId}-${channelId}-${skuKey(theirs)}`;

export const catalogStreams = (commands: CommandHandling): CatalogStreams => ({
  variants: commands.aggregate(variantAggregate),
  skuMappings: commands.aggregate(skuMappingAggregate),
});
