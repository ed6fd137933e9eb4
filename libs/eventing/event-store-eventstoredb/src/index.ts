export { isEventStoreDbTransient } from './answers';
export { eventStoreDbEventStore } from './eventstoredb-event-store';
export type { EventStoreDbOptions } from './eventstoredb-log';
