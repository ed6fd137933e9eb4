import type { Command, JsonObject } from '@stockproof/decider';
import type { Instant, Sku } from '@stockproof/vocabulary';
import type { Content } from './purchase-order.events';

type Of<Data extends JsonObject> = Data & { readonly purchaseOrderId: string; readonly now: Instant };

/** `approved`: the account's automatic workflow is on. */
export type CreatePurchaseOrder = Command<'CreatePurchaseOrder', Of<{ content: Content; approved: boolean }>>;
export type CorrectPurchaseOrder = Command<'CorrectPurchaseOrder', Of<{ content: Content }>>;
export type ApprovePurchaseOrder = Command<'ApprovePurchaseOrder', Of<Record<never, never>>>;
export type UnlockPurchaseOrder = Command<'UnlockPurchaseOrder', Of<Record<never, never>>>;
export type CancelPurchaseOrder = Command<'CancelPurchaseOrder', Of<{ reason: string }>>;

/** A line of a receipt; where it does not name a line of the order, its SKU says which. */
export type ReceivedLine = { readonly line: string; readonly lineId: string | null; readonly sku: Sku; readonly quantity: number };

/** Known by receipt and line. `final`: nothing comes after it. */
export type ReceiveGoods = Command<'ReceiveGoods', Of<{ receiptId: string; at: Instant; final: boolean; lines: readonly ReceivedLine[] }>>;

/** A person ends the order: the rest is there, or it will never come. */
export type MarkAsReceived = Command<'MarkAsReceived', Of<{ rest: 'book' | 'close-short'; reason: string | null; at: Instant }>>;

export type PurchaseOrderCommand =
  | CreatePurchaseOrder
  | CorrectPurchaseOrder
  | ApprovePurchaseOrder
  | UnlockPurchaseOrder
  | CancelPurchaseOrder
  | ReceiveGoods
  | MarkAsReceived;
