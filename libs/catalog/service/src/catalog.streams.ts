import type { Aggregate, AggregateHandler, CommandHandling } from '@stockproof/command-handling';
import {
  productDecider,
  productSourceDecider,
  skuMappingDecider,
  variantDecider,
  type HearOfProductSource,
  type MasterProductSource,
  type MasterProductSourceHeard,
  type Product,
  type ProductCommand,
  type ProductEvent,
  type ProductRejection,
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
export type ProductHandler = AggregateHandler<Product, ProductCommand, ProductEvent, ProductRejection>;
export type SkuMappingHandler = AggregateHandler<SkuMapping, SkuMappingCommand, SkuMappingEvent, SkuMappingRejection>;
export type ProductSourceHandler = AggregateHandler<MasterProductSource, HearOfProductSource, MasterProductSourceHeard, never>;

/** The ways to catalog's streams. */
export type CatalogStreams = {
  readonly variants: VariantHandler;
  readonly products: ProductHandler;
  readonly skuMappings: SkuMappingHandler;
  readonly productSources: ProductSourceHandler;
};

/** One stream per SKU of an account: two spellings of it meet there, and the first wins. */
const variantAggregate: Aggregate<Variant, VariantCommand, VariantEvent, VariantRejection> = {
  category: 'catalog.variant',
  decider: variantDecider,
  schemaVersion: 1,
};

const productAggregate: Aggregate<Product, ProductCommand, ProductEvent, ProductRejection> = {
  category: 'catalog.product',
  decider: productDecider,
  schemaVersion: 1,
};

/** One stream per name that a channel has, whatever its spelling. */
const skuMappingAggregate: Aggregate<SkuMapping, SkuMappingCommand, SkuMappingEvent, SkuMappingRejection> = {
  category: 'catalog.skuMapping',
  decider: skuMappingDecider,
  schemaVersion: 1,
};

const productSourceAggregate: Aggregate<MasterProductSource, HearOfProductSource, MasterProductSourceHeard, never> = {
  category: 'catalog.productSource',
  decider: productSourceDecider,
  schemaVersion: 1,
};

export const variantStream = (accountId: AccountId, sku: Sku): string => `catalog.variant-${accountId}-${skuKey(sku)}`;
/** An id of a product is a word like a SKU: written in whatever spelling, it is the same product. */
export const productStream = (accountId: AccountId, productId: string): string => `catalog.product-${accountId}-${skuKey(productId)}`;
export const skuMappingStream = (accountId: AccountId, channelId: string, theirs: string): string =>
  `catalog.skuMapping-${accountId}-${channelId}-${skuKey(theirs)}`;
/** One per account. */
export const productSourceStream = (accountId: AccountId): string => `catalog.productSource-${accountId}`;

export const catalogStreams = (commands: CommandHandling): CatalogStreams => ({
  variants: commands.aggregate(variantAggregate),
  products: commands.aggregate(productAggregate),
  skuMappings: commands.aggregate(skuMappingAggregate),
  productSources: commands.aggregate(productSourceAggregate),
});
