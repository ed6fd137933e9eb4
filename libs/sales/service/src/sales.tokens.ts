/** What controllers of sales are handed; bound once, in the module. */
export const salesReader = Symbol('sales reader');
export const salesOrdersToken = Symbol('sales orders');
export const salesClock = Symbol('sales clock');
export const salesDesk = Symbol('sales desk');
export const channelJobs = Symbol('channel jobs');
export const warehouseUpdates = Symbol('warehouse updates');
export const salesPersonalData = Symbol('sales personal data');
