/** What controllers of purchasing are handed; bound once, in the module. */
export const purchasingReader = Symbol('purchasing reader');
export const purchaseOrdersToken = Symbol('purchase orders');
export const purchasingClock = Symbol('purchasing clock');
export const purchasingKnown = Symbol('what purchasing knows of accounts');
export const purchasingChannels = Symbol('channels of purchasing');
export const receiptDeskToken = Symbol('receipts of warehouses');
