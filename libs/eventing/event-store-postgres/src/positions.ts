import { startOfLog, type Position } from '@stockproof/event-store';

const digits = 16;

/** Positions sort as text: the number, padded with zeros. */
export const positionText = (number: number): Position => (number === 0 ? startOfLog : String(number).padStart(digits, '0'));

/** The number of a position of such a log, null for any other text. */
export const positionNumber = (position: Position): number | null => {
  if (position === startOfLog) return 0;
  return new RegExp(`^\\d{${digits}}$`).test(position) ? Number(position) : null;
};
