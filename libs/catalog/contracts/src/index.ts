export { variantEventsTopic } from './variant-events-topic';
export { variantAddedV1, type VariantAddedV1 } from './variant-added.v1';
export { variantArchivedV1, type VariantArchivedV1 } from './variant-archived.v1';
