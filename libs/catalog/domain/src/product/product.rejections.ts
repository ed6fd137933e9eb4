import type { Rejection } from '@stockproof/decider';

export type ProductRejection =
  /** Nothing is left of it once it is trimmed, or it is longer than 200 characters. */
  Rejection<'ProductIdNotUsable'>;
