/** What the business calls an article, as it was first written. */
export type Sku = string;

/** The form in which two spellings of one SKU are equal and stream names are safe: trimmed, lower case, percent-encoded. */
export type SkuKey = string;

export const skuKey = (sku: Sku): SkuKey => encodeURIComponent(sku.trim().toLowerCase());
