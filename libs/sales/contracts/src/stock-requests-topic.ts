/**
 * All that orders want from stock, in the order of each order's stream. Partition key: the account, so that one place at a time
 * decides for it; ordering key: the order. Stock itself puts its reminders here.
 */
export const stockRequestsTopic = 'stockproof.sales.stock-requests.v1';
