import type { Command, JsonObject } from '@stockproof/decider';
import type { Instant, Sku } from '@stockproof/vocabulary';
import type { Content, TakeBackOutcome } from './purchase-order.events';

type Of<Data extends JsonObject> = Data & { readonly purchaseOrderId: string; readonly now: Instant };

/** `approved`: the account's automatic workflow is on. */
export type CreatePurchaseOrder = Command<'CreatePurchaseOrder', Of<{ content: Content; approved: boolean }>>;
export type CorrectPurchaseOrder = Command<'CorrectPurchaseOrder', Of<{ content: Content }>>;
export type ApprovePurchaseOrder = Command<'ApprovePurchaseOrder', Of<Record<never, never>>>;
export type UnlockPurchaseOrder = Command<'UnlockPurchaseOrder', Of<Record<never, never>>>;
export type CancelPurchaseOrder = Command<'CancelPurchaseOrder', Of<{ reason: string }>>;

/** Cancels what is past its date and of which nothing has come; otherwise nothing happens. */
export type CancelWhenOverdue = Command<'CancelWhenOverdue', Of<Record<never, never>>>;

/** Written down before the warehouse is told, so that nobody takes the approval back meanwhile. */
export type BeginExport = Command<'BeginExport', Of<Record<never, never>>>;
/** What the warehouse answered to this announcement; an answer to an older one changes nothing. */
export type RecordExportAccepted = Command<'RecordExportAccepted', Of<{ announcement: number; externalId: string }>>;
export type RecordExportRefused = Command<'RecordExportRefused', Of<{ announcement: number; reason: string }>>;
/** What the warehouse answered when it was told that the order is called off. */
export type RecordTakeBack = Command<'RecordTakeBack', Of<{ outcome: TakeBackOutcome; reason: string | null }>>;

/** A line of a receipt; where it does not name a line of the order, its SKU says which. */
export type ReceivedLine = { readonly line: string; readonly lineId: string | null; readonly sku: Sku; readonly quantity: number };

/** Known by receipt and line. `final`: nothing comes after it. `assigned`: a person explained lines that were not understood before. */
export type ReceiveGoods = Command<
  'ReceiveGoods',
  Of<{ receiptId: string; at: Instant; final: boolean; assigned: boolean; lines: readonly ReceivedLine[] }>
>;

/** A person ends the order: the rest is there, or it will never come. */
export type MarkAsReceived = Command<'MarkAsReceived', Of<{ rest: 'book' | 'close-short'; reason: string | null; at: Instant }>>;

export type PurchaseOrderCommand =
  | CreatePurchaseOrder
  | CorrectPurchaseOrder
  | ApprovePurchaseOrder
  | UnlockPurchaseOrder
  | CancelPurchaseOrder
  | CancelWhenOverdue
  | BeginExport
  | RecordExportAccepted
  | RecordExportRefused
  | RecordTakeBack
  | ReceiveGoods
  | MarkAsReceived;
