/** What channels call the SKUs of an account. Ordering key: the mapping. */
export const skuMappingEventsTopic = 'stockproof.catalog.sku-mapping-events.v1';
