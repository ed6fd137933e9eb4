import type { Rejection } from '@stockproof/decider';
import type { SalesOrderStatus } from './sales-order.status';

export type SalesOrderRejection =
  | Rejection<'SalesOrderUnknown'>
  | Rejection<'SalesOrderAlreadyCreated'>
  /** Names every problem at once. */
  | Rejection<'SalesOrderIncomplete', { problems: readonly { readonly field: string; readonly code: string }[] }>
  /** The status does not allow it; says what it does. */
  | Rejection<'NotInThisStatus', { status: SalesOrderStatus; command: string; allowed: readonly string[] }>
  | Rejection<'ShipmentsStillLive', { shipmentIds: readonly string[] }>
  | Rejection<'NothingToAllocate'>
  | Rejection<'AllocationAlreadyAsked', { attempt: number }>
  | Rejection<'NoWarehouse'>
  | Rejection<'ShipmentUnknown', { shipmentId: string }>
  | Rejection<'ShipmentAlreadyEnded', { shipmentId: string; status: string }>
  /** It has begun to leave, or is being taken back. */
  | Rejection<'ShipmentNotMovable', { shipmentId: string; status: string }>
  | Rejection<'ShipmentAlreadyMoving', { shipmentId: string; toWarehouseId: string }>
  | Rejection<'ShipmentAlreadyThere', { warehouseId: string }>
  | Rejection<'HoldNotDue'>
  /** No such exception of this order, or it is settled. */
  | Rejection<'ExceptionNotOpen', { exception: string }>
  /** What went wrong there cannot be tried again: it can only be settled. */
  | Rejection<'NothingToTryAgain', { exception: string }>;
