import type { Rejection } from '@stockproof/decider';
import type { Sku } from '@stockproof/vocabulary';

export type VariantRejection =
  /** Another variant has this SKU, perhaps in another spelling: the first wins. */
  | Rejection<'SkuTaken', { sku: Sku }>
  /** Nothing is left of the SKU once it is trimmed. */
  | Rejection<'SkuEmpty'>
  | Rejection<'VariantUnknown'>
  /** It is archived: add it again first. */
  | Rejection<'VariantNotSold'>
  /** A SKU that comes back stays what it was: others may have it as a component. */
  | Rejection<'KindIsPermanent', { wasBundle: boolean }>
  /** A bundle stays made of what it was made of: stock counts on it. */
  | Rejection<'ComponentsArePermanent'>
  /** There is no product of this id: describe it first. */
  | Rejection<'ProductUnknown', { productId: string }>
  /** Names every component that cannot be one. */
  | Rejection<
      'ComponentsNotUsable',
      { components: readonly { readonly sku: Sku; readonly because: 'unknown' | 'archived' | 'bundle' | 'twice' }[] }
    >;
