export { priceOf, smallestUnits } from './price';
export type { DescribeProduct, ProductCommand } from './product/product.commands';
export { productDecider } from './product/product.decider';
export type { ProductEvent } from './product/product.events';
export type { ProductRejection } from './product/product.rejections';
export type { Product } from './product/product.state';
export { here, sourceKey, type ProductSource } from './product-source/product-source';
export {
  productSourceDecider,
  type HearOfProductSource,
  type MasterProductSource,
  type MasterProductSourceHeard,
} from './product-source/product-source.decider';
export { afterSent, sameDescription, wholeDescription, type SentDescription } from './variant/description';
export type { AddVariant, DropVariant, KnownComponent, SupplyVariant, VariantCommand } from './variant/variant.commands';
export { variantDecider } from './variant/variant.decider';
export type { Component, Description, DescriptionAsWritten, Price, Size, VariantEvent } from './variant/variant.events';
export type { VariantRejection } from './variant/variant.rejections';
export type { Variant } from './variant/variant.state';
export type { MapSku, SkuMappingCommand } from './sku-mapping/sku-mapping.commands';
export { skuMappingDecider } from './sku-mapping/sku-mapping.decider';
export type { SkuMappingEvent } from './sku-mapping/sku-mapping.events';
export type { SkuMappingRejection } from './sku-mapping/sku-mapping.rejections';
export type { SkuMapping } from './sku-mapping/sku-mapping.state';
