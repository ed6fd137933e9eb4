export { variantEventsTopic } from './variant-events-topic';
export { variantAddedV1, type VariantAddedV1 } from './variant-added.v1';
export { variantArchivedV1, type VariantArchivedV1 } from './variant-archived.v1';
export { skuMappingEventsTopic } from './sku-mapping-events-topic';
export { skuMappedV1, type SkuMappedV1 } from './sku-mapped.v1';
export { skuMappingRemovedV1, type SkuMappingRemovedV1 } from './sku-mapping-removed.v1';
