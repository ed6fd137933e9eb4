/** What controllers of sales are handed; bound once, in the module. */
export const salesReader = Symbol('sales reader');
export const salesOrdersToken = Symbol('sales orders');
export const salesClock = Symbol('sales clock');
export const salesDesk = Symbol('sales desk');
export const salesKnownAccount = Symbol('sales known account');
export const salesChannels = Symbol('sales channels');
export const salesPersonalData = Symbol('sales personal data');
export const incomingDeskToken = Symbol('incoming desk');
export const salesForgetting = Symbol('sales forgetting');
export const salesWorker = Symbol('sales worker');
