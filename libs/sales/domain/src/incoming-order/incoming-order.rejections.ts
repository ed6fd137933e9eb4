import type { Rejection } from '@stockproof/decider';
import type { IncomingOrderState } from './incoming-order.state';

export type IncomingOrderRejection =
  | Rejection<'IncomingOrderUnknown'>
  /** Only what waits, or was ignored, is corrected, tried again or ignored. */
  | Rejection<'IncomingOrderSettled', { state: IncomingOrderState }>
  /** Nothing could be read of it: it is handed in anew, or ignored. */
  | Rejection<'IncomingOrderUnreadable'>;
