/** What purchase orders promise and bring. Ordering key: the purchase order. */
export const purchaseOrderEventsTopic = 'stockproof.purchasing.purchase-order-events.v1';
