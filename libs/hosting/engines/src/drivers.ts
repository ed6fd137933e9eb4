import type { HostConfig } from '@stockproof/service-host';
import type * as EventStoreDb from './eventstoredb';
import type * as Kafka from './kafka';

export type Drivers = { readonly eventStoreDb: typeof EventStoreDb | null; readonly kafka: typeof Kafka | null };

/** The drivers of the servers that the configuration names. Who is told of none does not wait until theirs are loaded: 300 files. */
export const driversFor = async ({ eventStore, bus }: Pick<HostConfig, 'eventStore' | 'bus'>): Promise<Drivers> => ({
  eventStoreDb: eventStore === 'eventstoredb' ? await import('./eventstoredb') : null,
  kafka: bus === 'kafka' ? await import('./kafka') : null,
});
