export type { PostgresEventStoreOptions } from './connections';
export { eventStoreMigrations } from './event-store-migrations';
export { postgresEventStore } from './postgres-event-store';
export { postgresSnapshots } from './postgres-snapshots';
