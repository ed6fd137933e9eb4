import type { Command, JsonObject } from '@stockproof/decider';
import type { Instant } from '@stockproof/vocabulary';
import type { UnexplainedReceiptKept } from './unexplained-receipt.events';

type Of<Data extends JsonObject> = Data & { readonly unexplainedReceiptId: string; readonly now: Instant };

/** Keeps what was not kept before. */
export type KeepReceipt = Command<'KeepReceipt', Of<Omit<UnexplainedReceiptKept['data'], 'unexplainedReceiptId' | 'decidedAt'>>>;

/** A line of an order that goods could belong to. */
export type PossibleLine = { readonly lineId: string; readonly sku: string };

/**
 * All open lines belong to this order. `ordered` is what the order says of its lines; `lines` names those that the SKU does not
 * find.
 */
export type AssignReceipt = Command<
  'AssignReceipt',
  Of<{
    purchaseOrderId: string;
    ordered: readonly PossibleLine[];
    lines: readonly { readonly line: string; readonly lineId: string }[];
  }>
>;
export type RecordAssignedBooked = Command<'RecordAssignedBooked', Of<Record<never, never>>>;
export type DismissReceipt = Command<'DismissReceipt', Of<{ reason: string }>>;

export type UnexplainedReceiptCommand = KeepReceipt | AssignReceipt | RecordAssignedBooked | DismissReceipt;
