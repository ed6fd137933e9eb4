/** Which SKUs an account knows. Ordering key: the variant. */
export const variantEventsTopic = 'stockproof.catalog.variant-events.v1';
