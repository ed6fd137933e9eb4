import { isDeepStrictEqual } from 'node:util';
import type { FileFault, FileRow, ParsedFile } from '@stockproof/file-imports';
import type { ReceivedOrder } from '@stockproof/sales-channel';

/** An order with the line of the file, or the place in the list, where it begins. */
export type OrderInFile = FileRow<ReceivedOrder>;

/** What a file of orders says. What is merely wrong with an order is no fault: validation says so. */
export type OrdersRead = ParsedFile<ReceivedOrder>;

export const unreadable = (code: string, message: string): OrdersRead => ({ outcome: 'unreadable', code, message });

/**
 * Sorts what was read into orders and faults. An order that comes a second time and says something else is a fault: rows that do not
 * stand together, or two exports in one file, would otherwise take lines away from it.
 */
export const ordersRead = (read: readonly (OrderInFile | FileFault)[]): OrdersRead => {
  const first = new Map<string, OrderInFile>();
  const rows: OrderInFile[] = [];
  const faults: FileFault[] = [];
  for (const each of read) {
    const known = 'item' in each ? first.get(each.item.order.orderNumber) : undefined;
    if (!('item' in each)) faults.push(each);
    else if (known !== undefined && !isDeepStrictEqual(known.item.order, each.item.order)) faults.push(comesTwice(each, known));
    else {
      rows.push(each);
      first.set(each.item.order.orderNumber, known ?? each);
    }
  }
  return { outcome: 'read', rows, faults };
};

const comesTwice = ({ row, item }: OrderInFile, first: OrderInFile): FileFault => ({
  row,
  code: 'order-twice',
  message: `The order ${item.order.orderNumber} stands at row ${first.row} already and says something else there`.slice(0, 500),
});
