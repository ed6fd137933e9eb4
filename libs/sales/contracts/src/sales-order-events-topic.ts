/** What became of orders and their shipments, for whoever follows them. Ordering key: the order. Nothing inside listens here. */
export const salesOrderEventsTopic = 'stockproof.sales.sales-order-events.v1';
