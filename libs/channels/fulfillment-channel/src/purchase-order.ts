import type { Instant, Sku } from '@stockproof/vocabulary';

/** A purchase order as the warehouse that will receive the goods is told of it. */
export type AnnouncedPurchaseOrder = {
  readonly purchaseOrderId: string;
  readonly purchaseOrderNumber: string;
  readonly supplier: { readonly code: string; readonly name: string };
  readonly expectedAt: Instant | null;
  readonly lines: readonly AnnouncedLine[];
};

export type AnnouncedLine = {
  readonly lineNumber: number;
  readonly sku: Sku;
  readonly quantity: number;
  readonly lot: string | null;
  readonly serial: string | null;
};

/** `externalLineId` with the receipt's id is the identity: the same line twice changes nothing. */
export type ReceivedLine = {
  readonly externalLineId: string;
  /** The line of the purchase order, where the warehouse names it. */
  readonly lineNumber: number | null;
  readonly sku: Sku;
  readonly quantity: number;
  readonly lot: string | null;
  readonly serial: string | null;
};

/** Goods that came in. `final`: the warehouse expects nothing more for this purchase order. */
export type WarehouseReceipt = {
  readonly externalReceiptId: string;
  /** Null where the warehouse only knows the number, or received without any order. */
  readonly purchaseOrderId: string | null;
  readonly purchaseOrderNumber: string | null;
  readonly receivedAt: Instant;
  readonly final: boolean;
  readonly lines: readonly ReceivedLine[];
};
