import type { Rejection } from '@stockproof/decider';
import type { Instant, WarehouseId } from '@stockproof/vocabulary';

export type ItemRejection =
  /** A decrease would take more than is there. */
  | Rejection<'BelowZero', { warehouseId: WarehouseId; there: number; asked: number }>
  /** More would be unsellable than is there, or put back than was set aside. */
  | Rejection<'UnsellableOutOfRange', { warehouseId: WarehouseId; total: number; unsellable: number }>
  | Rejection<'NothingToChange'>
  | Rejection<'ReportOutdated', { lastTakenAt: Instant }>
  | Rejection<'ReportTooOld', { oldest: Instant }>
  | Rejection<'FromTheFuture', { at: Instant }>
  | Rejection<'NotEnoughStock', { warehouseId: WarehouseId; available: number; asked: number }>
  /** The attempt was withdrawn, or all it had has left or was freed. */
  | Rejection<'GrantAlreadyClosed'>
  /** Too long since the attempt was seen open: look again, then grant. */
  | Rejection<'SightingTooOld'>
  | Rejection<'AllocationUnknown', { allocationId: string }>;
