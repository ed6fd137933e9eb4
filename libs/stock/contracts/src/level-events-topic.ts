/** What changed in the stock of a SKU. Ordering key: account and SKU. */
export const levelEventsTopic = 'stockproof.stock.level-events.v1';
