import type { Rejection } from '@stockproof/decider';

export type UnexplainedReceiptRejection =
  | Rejection<'UnexplainedReceiptUnknown'>
  /** Nothing of it waits for a person. */
  | Rejection<'ReceiptAlreadyExplained'>
  /** What could not be read cannot be booked: book it by hand on its order, and dismiss this. */
  | Rejection<'ReceiptUnreadable'>
  /** Names every line that no line of the order takes. */
  | Rejection<'ReceiptFitsNoLine', { lines: readonly string[] }>;
