import type { Content, LineQuantity, OrderLine } from './purchase-order.events';

export type PurchaseOrderStatus = 'draft' | 'approved' | 'receiving' | 'received' | 'cancelled';

/** `begun`: the warehouse may know. */
export type ExportStatus = 'none' | 'begun' | 'accepted' | 'refused';

/** One purchase order with its receipts. Owned by the fold, which changes it in place. */
export type PurchaseOrder = {
  status: PurchaseOrderStatus | 'unknown';
  content: Content | null;
  /** Received so far, by line. */
  readonly received: Map<string, number>;
  /** `<receipt>\n<line>` of everything that was booked, and of what no line explained. */
  readonly booked: Set<string>;
  readonly puzzling: Set<string>;
  receipts: number;
  /** How often it was approved: each approval is announced to the warehouse anew. */
  approvals: number;
  export: ExportStatus;
  takeBackAnswered: boolean;
};

export const noPurchaseOrder = (): PurchaseOrder => ({
  status: 'unknown',
  content: null,
  received: new Map(),
  booked: new Set(),
  puzzling: new Set(),
  receipts: 0,
  approvals: 0,
  export: 'none',
  takeBackAnswered: false,
});

export const receiptLineKey = (receiptId: string, line: string): string => `${receiptId}\n${line}`;

export const openOf = (order: PurchaseOrder, { lineId, quantity }: OrderLine): number =>
  Math.max(0, quantity - (order.received.get(lineId) ?? 0));

/** What was ordered and has not come. */
export const openLines = (order: PurchaseOrder): readonly LineQuantity[] =>
  (order.content?.lines ?? []).flatMap((line) => {
    const quantity = openOf(order, line);
    return quantity === 0 ? [] : [{ lineId: line.lineId, sku: line.sku, quantity }];
  });
