import type { Rejection } from '@stockproof/decider';
import type { Instant } from '@stockproof/vocabulary';
import type { PurchaseOrderStatus } from './purchase-order.state';

export type PurchaseOrderRejection =
  | Rejection<'PurchaseOrderUnknown'>
  | Rejection<'PurchaseOrderAlreadyCreated'>
  /** Names every problem at once. */
  | Rejection<
      'PurchaseOrderIncomplete',
      {
        problems: readonly {
          readonly field: string;
          readonly code: 'no-lines' | 'line-twice' | 'sku-empty' | 'quantity' | 'serial-quantity';
        }[];
      }
    >
  /** The status does not allow it; says what it does. */
  | Rejection<'NotInThisStatus', { status: PurchaseOrderStatus; command: string; allowed: readonly string[] }>
  /** What is there cannot be called off: mark the order as received instead. */
  | Rejection<'GoodsAlreadyReceived', { receipts: number }>
  /** The warehouse knows of the order, or may: cancel it, and order anew. */
  | Rejection<'AlreadyExported', { export: 'begun' | 'accepted' }>
  | Rejection<'FromTheFuture', { at: Instant }>;
