import type { Command } from '@stockproof/decider';
import type { Instant, Sku, WarehouseId } from '@stockproof/vocabulary';
import type { AdjustmentReason, AttemptRef, GrantedUnits, UnsellableReason } from './item.events';

/** Every command says of which SKU and when it is decided; `at` is when it happened in the world. */
type Of = { readonly sku: Sku; readonly now: Instant };

/** The youngest report that spoke of the SKU without changing anything, so that the item itself may not remember it. */
export type QuietReport = {
  readonly reportId: string;
  readonly source: string;
  readonly takenAt: Instant;
  readonly meaning: 'on-hand' | 'available';
};

/** Said with what happened in the past: a quiet report taken since had counted it already. */
type Late = { readonly quiet?: QuietReport };

export type AdjustStock = Command<
  'AdjustStock',
  Of & Late & { warehouseId: WarehouseId; by: number; reason: AdjustmentReason; note: string | null; reference: string | null; at: Instant }
>;

/** `by` > 0 sets aside, < 0 puts back on sale. */
export type SetAsideStock = Command<
  'SetAsideStock',
  Of & Late & { warehouseId: WarehouseId; by: number; reason: UnsellableReason; reference: string | null; at: Instant }
>;

/** `remember`: also if it changes nothing, for an older report is being decided by somebody who may not know of this one. */
export type ReportStockLevel = Command<
  'ReportStockLevel',
  Of & Late & QuietReport & { warehouseId: WarehouseId; reported: number; remember?: true }
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
      /** The shipment whose units these are to replace. */
      moves?: string;
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
  Of & Late & { purchaseOrderId: string; lineId: string; receiptId: string; warehouseId: WarehouseId; quantity: number; at: Instant }
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
