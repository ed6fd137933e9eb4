import { liveShipments, openParts, type SalesOrder } from './sales-order.state';

export type SalesOrderStatus = 'draft' | 'approved' | 'on-hold' | 'fulfilling' | 'partially-fulfilled' | 'shipped' | 'cancelled';

/** Fulfilling, partially fulfilled and shipped follow from the shipments; nobody sets them. */
export const statusOf = (order: SalesOrder): SalesOrderStatus => {
  if (order.stage === 'cancelled') return 'cancelled';
  const live = liveShipments(order);
  if (live.length === 0) return order.stage;
  const anythingLeft = live.some((shipment) => shipment.units.some((unit) => unit.shipped > 0));
  if (!anythingLeft) return 'fulfilling';
  const complete = live.every((shipment) => shipment.status === 'shipped');
  return complete && openParts(order).length === 0 ? 'shipped' : 'partially-fulfilled';
};

/** What a person may do in each status: the answer to a command that does not fit. */
export const allowedIn: Readonly<Record<SalesOrderStatus, readonly string[]>> = {
  draft: ['approve', 'hold', 'cancel'],
  approved: ['allocate', 'unlock', 'hold', 'cancel'],
  'on-hold': ['release', 'cancel'],
  fulfilling: ['allocate', 'cancel-shipment', 'move-shipment', 'mark-shipped'],
  'partially-fulfilled': ['allocate', 'cancel-shipment', 'move-shipment', 'mark-shipped'],
  shipped: [],
  cancelled: [],
};
