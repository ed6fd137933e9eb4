import type { Rejection } from '@stockproof/decider';
import type { Sku } from '@stockproof/vocabulary';

export type SkuMappingRejection =
  /** The account has no such channel, or this service has not heard of it yet. */
  | Rejection<'ChannelUnknown'>
  /** Nothing here is called so. */
  | Rejection<'MappedSkuUnknown', { sku: Sku }>
  /** It is no longer sold. */
  | Rejection<'MappedSkuArchived', { sku: Sku }>
  /** Nothing is left of the channel's name once it is trimmed, or it is longer than any SKU. */
  | Rejection<'TheirsNotUsable'>
  | Rejection<'SkuNotMapped'>;
