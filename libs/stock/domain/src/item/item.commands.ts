import type { Command } from '@stockproof/decider';
import type { Instant, Sku, WarehouseId } from '@stockproof/vocabulary';
import type { AdjustmentReason, AttemptRef, GrantedUnits, UnsellableReason } from './item.events';

/** Every command says of which SKU and when it is decided; `at` is when it happened in the world. */
type Of = { readonly sku: Sku; readonly now: Instant };

export type AdjustStock = Command<
  'AdjustStock',
  Of & { warehouseId: WarehouseId; by: number; reason: AdjustmentReason; note: string | null; reference: string | null; at: Instant }
>;

/** `by` > 0 sets aside, < 0 puts back on sale. */
export type SetAsideStock = Command<
  'SetAsideStock',
  Of & { warehouseId: WarehouseId; by: number; reason: UnsellableReason; reference: string | null; at: Instant }
>;

export type ReportStockLevel = Command<
  'ReportStockLevel',
  Of & { reportId: string; source: string; warehouseId: WarehouseId; takenAt: Instant; meaning: 'on-hand' | 'available'; reported: number }
>;

/** States all that the attempt has here under this plan. */
export type GrantUnits = Command<
  'GrantUnits',
  Of &
    AttemptRef & {
      kind: 'allocate' | 'hold';
      plan: number;
      granted: readonly GrantedUnits[];
      swapHold: number | null;
      /** When the attempt was last seen open in its own stream. */
      seenOpenAt: Instant;
    }
>;

export type CloseGrant = Command<'CloseGrant', Of & AttemptRef>;

export type AcceptUnits = Command<'AcceptUnits', Of & { orderId: string; allocationIds: readonly string[]; at: Instant }>;

/** `shipped` counts all units of the allocation that have left so far, so a repeat changes nothing. */
export type ShipUnits = Command<
  'ShipUnits',
  Of & { orderId: string; allocationId: string; warehouseId: WarehouseId; shipped: number; at: Instant }
>;

export type ReleaseUnits = Command<'ReleaseUnits', Of & { orderId: string; allocationId: string; reason: string; at: Instant }>;

/** `expected` is the whole quantity of the line. */
export type ExpectGoods = Command<
  'ExpectGoods',
  Of & { purchaseOrderId: string; lineId: string; warehouseId: WarehouseId; expected: number }
>;

export type ReceiveGoods = Command<
  'ReceiveGoods',
  Of & { purchaseOrderId: string; lineId: string; receiptId: string; warehouseId: WarehouseId; quantity: number; at: Instant }
>;

export type ExpectNoMore = Command<'ExpectNoMore', Of & { purchaseOrderId: string; lineId: string }>;

export type ItemCommand =
  | AdjustStock
  | SetAsideStock
  | ReportStockLevel
  | GrantUnits
  | CloseGrant
  | AcceptUnits
  | ShipUnits
  | ReleaseUnits
  | ExpectGoods
  | ReceiveGoods
  | ExpectNoMore;
