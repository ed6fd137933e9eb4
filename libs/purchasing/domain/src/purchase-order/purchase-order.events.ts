import type { Event } from '@stockproof/decider';
import type { Instant, Sku, WarehouseId } from '@stockproof/vocabulary';

export type OrderLine = {
  readonly lineId: string;
  readonly sku: Sku;
  readonly quantity: number;
  readonly lot: string | null;
  readonly serial: string | null;
};

/** The order keeps the supplier's name as it was when it was written. */
export type Supplier = { readonly code: string; readonly name: string };

/** What a purchase order says of itself; locked once it is approved. */
export type Content = {
  readonly number: string;
  readonly supplier: Supplier;
  readonly warehouseId: WarehouseId;
  readonly expectedAt: Instant | null;
  /** What has not begun to come by then is called off. */
  readonly cancelAfter: Instant | null;
  readonly reference: string | null;
  readonly lines: readonly OrderLine[];
};

/** How much of a line is affected. */
export type LineQuantity = { readonly lineId: string; readonly sku: Sku; readonly quantity: number };

/** A line of a receipt, booked on a line of the order. `line` is its own name on the receipt. */
export type BookedLine = LineQuantity & { readonly line: string };

/** Why a person should look at a receipt that was booked all the same. */
export type ReceiptWarning =
  | { readonly code: 'more-than-ordered'; readonly lineId: string; readonly excess: number }
  | { readonly code: 'order-cancelled' }
  | { readonly code: 'order-received' };

type Of = { readonly purchaseOrderId: string; readonly decidedAt: Instant };

/** `requested`: the warehouse will see. `refused`: the goods may come all the same. */
export type TakeBackOutcome = 'cancelled' | 'requested' | 'refused';

export type PurchaseOrderDrafted = Event<'PurchaseOrderDrafted', Of & { content: Content }>;
export type PurchaseOrderCorrected = Event<'PurchaseOrderCorrected', Of & { content: Content }>;
/** The goods are on their way: every line is incoming. */
export type PurchaseOrderApproved = Event<
  'PurchaseOrderApproved',
  Of & { number: string; warehouseId: WarehouseId; lines: readonly LineQuantity[] }
>;
/** It is a draft again; nothing of it is incoming any more. */
export type PurchaseOrderUnlocked = Event<'PurchaseOrderUnlocked', Of & { open: readonly LineQuantity[] }>;
export type PurchaseOrderCancelled = Event<'PurchaseOrderCancelled', Of & { reason: string; open: readonly LineQuantity[] }>;
/** The warehouse is about to be told; from here on it may know. `announcement` counts the approvals. */
export type PurchaseOrderExportBegun = Event<'PurchaseOrderExportBegun', Of & { announcement: number }>;
export type PurchaseOrderExportAccepted = Event<'PurchaseOrderExportAccepted', Of & { announcement: number; externalId: string }>;
export type PurchaseOrderExportRefused = Event<'PurchaseOrderExportRefused', Of & { announcement: number; reason: string }>;
/** The warehouse knows that the order is called off, and said what it makes of it. */
export type PurchaseOrderTakeBackAnswered = Event<
  'PurchaseOrderTakeBackAnswered',
  Of & { outcome: TakeBackOutcome; reason: string | null }
>;
/** Goods are there. `short`: something is left open after it. Without a receipt: a person says so. */
export type ReceiptBooked = Event<
  'ReceiptBooked',
  Of & {
    receiptId: string | null;
    warehouseId: WarehouseId;
    at: Instant;
    lines: readonly BookedLine[];
    warnings: readonly ReceiptWarning[];
    short: boolean;
  }
>;
/** Lines of a receipt that no line of the order explains: not booked, and waiting for a person. */
export type ReceiptNotUnderstood = Event<
  'ReceiptNotUnderstood',
  Of & {
    receiptId: string;
    at: Instant;
    lines: readonly {
      readonly line: string;
      readonly lineId: string | null;
      readonly sku: Sku;
      readonly quantity: number;
      readonly because: 'unknown-line' | 'unknown-sku';
    }[];
  }
>;
/** Nothing more comes. `open` is what was ordered and never came. */
export type PurchaseOrderReceived = Event<
  'PurchaseOrderReceived',
  Of & { by: 'receipts' | 'final-receipt' | 'person'; reason: string | null; open: readonly LineQuantity[] }
>;

export type PurchaseOrderEvent =
  | PurchaseOrderDrafted
  | PurchaseOrderCorrected
  | PurchaseOrderApproved
  | PurchaseOrderUnlocked
  | PurchaseOrderCancelled
  | PurchaseOrderExportBegun
  | PurchaseOrderExportAccepted
  | PurchaseOrderExportRefused
  | PurchaseOrderTakeBackAnswered
  | ReceiptBooked
  | ReceiptNotUnderstood
  | PurchaseOrderReceived;
