import type { UnexplainedLine, UnexplainedReceiptAssigned } from './unexplained-receipt.events';

/** One receipt of one channel, as far as no order explained it. Owned by the fold, which changes it in place. */
export type UnexplainedReceipt = {
  exists: boolean;
  receiptId: string;
  receivedAt: string;
  isUnreadable: boolean;
  /** Lines that wait for a person. */
  open: readonly UnexplainedLine[];
  /** Names of all lines that were ever kept. */
  readonly known: Set<string>;
  /** Assigned and perhaps not booked yet. */
  pending: UnexplainedReceiptAssigned['data'] | null;
};

export const noUnexplainedReceipt = (): UnexplainedReceipt => ({
  exists: false,
  receiptId: '',
  receivedAt: '',
  isUnreadable: false,
  open: [],
  known: new Set(),
  pending: null,
});

/** Whether a person still has to say something. */
export const isWaiting = ({ open, isUnreadable }: UnexplainedReceipt): boolean => open.length > 0 || isUnreadable;
