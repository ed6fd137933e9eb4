import type { ReceivedOrder } from '@stockproof/sales-channel';

/** An order with the line of the file, or the place in the list, where it begins; both count from 1. */
export type OrderInFile = { readonly row: number; readonly item: ReceivedOrder };

/** A place that is no order at all. What is merely wrong with an order is not said here: validation does. */
export type OrderFault = { readonly row: number; readonly code: string; readonly message: string };

/** What a file of orders says, in its order. `unreadable`: it is no such file. */
export type OrdersRead =
  | { readonly outcome: 'read'; readonly rows: readonly OrderInFile[]; readonly faults: readonly OrderFault[] }
  | { readonly outcome: 'unreadable'; readonly code: string; readonly message: string };

export const unreadable = (code: string, message: string): OrdersRead => ({ outcome: 'unreadable', code, message });

/** Sorts what was read into orders and faults. */
export const ordersRead = (read: readonly (OrderInFile | OrderFault)[]): OrdersRead => ({
  outcome: 'read',
  rows: read.filter((each): each is OrderInFile => 'item' in each),
  faults: read.filter((each): each is OrderFault => 'code' in each),
});
