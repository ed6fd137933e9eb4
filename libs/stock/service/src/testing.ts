export { allocator } from './allocation/allocator';
export type { AllocationTools } from './allocation/granting';
export { reminderOf } from './allocation/overdue-plans';
export { auditItem, withoutOutcome, wrongAnnouncements, wrongAtRest, type Audited } from './allocation/testing/promises-kept';
export { markStatements, waitingList, type WaitingList, type WaitingRow } from './allocation/waiting-orders';
export { StockRequestsConsumer } from './consumes/stock-requests.controller';
export { moveHold } from './holds/moving-holds';
export { stockPublication } from './publishes/stock.publication';
export { allocationStream, itemStream, stockStreams, type AllocationHandler, type ItemHandler, type StockStreams } from './stock.streams';
