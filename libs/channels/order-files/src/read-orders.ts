import type { FileFault, FileRow, ParsedFile } from '@stockproof/file-imports';
import type { ReceivedOrder } from '@stockproof/sales-channel';

/** An order with the line of the file, or the place in the list, where it begins. */
export type OrderInFile = FileRow<ReceivedOrder>;

/** What a file of orders says. What is merely wrong with an order is no fault: validation says so. */
export type OrdersRead = ParsedFile<ReceivedOrder>;

export const unreadable = (code: string, message: string): OrdersRead => ({ outcome: 'unreadable', code, message });

/** Sorts what was read into orders and faults. */
export const ordersRead = (read: readonly (OrderInFile | FileFault)[]): OrdersRead => ({
  outcome: 'read',
  rows: read.filter((each): each is OrderInFile => 'item' in each),
  faults: read.filter((each): each is FileFault => 'code' in each),
});
