/** What became of orders' requests. Ordering key: the order. */
export const allocationEventsTopic = 'stockproof.stock.allocation-events.v1';
