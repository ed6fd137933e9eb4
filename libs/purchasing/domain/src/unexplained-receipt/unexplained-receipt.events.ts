import type { Event, Json } from '@stockproof/decider';
import type { Instant, Sku, WarehouseId } from '@stockproof/vocabulary';

/** Why nobody could book it. */
export type Unexplained =
  'unreadable' | 'unknown-order' | 'ambiguous-number' | 'another-warehouse' | 'order-not-approved' | 'unknown-line' | 'unknown-sku';

/** A line as the warehouse said it. */
export type UnexplainedLine = {
  readonly line: string;
  readonly sku: Sku;
  readonly quantity: number;
  readonly lot: string | null;
  readonly serial: string | null;
  readonly because: Unexplained;
};

/** Which line of which order a line is. `sku` is that of the order. */
export type AssignedLine = { readonly line: string; readonly lineId: string | null; readonly sku: Sku; readonly quantity: number };

type Of = { readonly unexplainedReceiptId: string; readonly decidedAt: Instant };

/** Something came that no order explains. Lines may follow, when the warehouse says more of the same receipt. */
export type UnexplainedReceiptKept = Event<
  'UnexplainedReceiptKept',
  Of & {
    warehouseId: WarehouseId;
    /** As purchase orders know the receipt: by channel and the channel's own id. */
    receiptId: string;
    externalReceiptId: string | null;
    purchaseOrderId: string | null;
    purchaseOrderNumber: string | null;
    receivedAt: Instant;
    lines: readonly UnexplainedLine[];
    /** What could not be read, word by word, and why. */
    unreadable: { readonly original: Json; readonly problem: string } | null;
  }
>;
/** It was found which order the goods belong to. They are booked there next. */
export type UnexplainedReceiptAssigned = Event<
  'UnexplainedReceiptAssigned',
  Of & { purchaseOrderId: string; receiptId: string; receivedAt: Instant; lines: readonly AssignedLine[] }
>;
/** The order has booked what was assigned to it. */
export type AssignedReceiptBooked = Event<'AssignedReceiptBooked', Of & { purchaseOrderId: string }>;
/** A person says that nothing is to be booked, and why. */
export type UnexplainedReceiptDismissed = Event<'UnexplainedReceiptDismissed', Of & { reason: string }>;

export type UnexplainedReceiptEvent =
  UnexplainedReceiptKept | UnexplainedReceiptAssigned | AssignedReceiptBooked | UnexplainedReceiptDismissed;
