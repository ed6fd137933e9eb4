/** Where products, or a change of one, come from: here, a shop, or what stands behind a physical warehouse (`id`: that warehouse). */
export type ProductSource =
  | { readonly kind: 'stockproof' }
  | { readonly kind: 'sales-channel'; readonly id: string }
  | { readonly kind: 'fulfillment-channel'; readonly id: string };

export const here: ProductSource = { kind: 'stockproof' };

/** A source in one word, to compare and to look up by. */
export const sourceKey = (source: ProductSource): string => (source.kind === 'stockproof' ? source.kind : `${source.kind}:${source.id}`);
