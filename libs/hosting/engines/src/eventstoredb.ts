import type { EventStore } from '@stockproof/event-store';
import { eventStoreDbEventStore, isEventStoreDbTransient } from '@stockproof/event-store-eventstoredb';
import { StartupError, type Log, type ServiceName } from '@stockproof/service-host';

/** Which errors of the event store pass by themselves. */
export const isTransientEventStoreDb = isEventStoreDbTransient;

/**
 * Looks whether the server is there: somebody who mistypes its address should read so at once, not find services that never become
 * ready. Answers how it is called to people, without the password. Throws `StartupError`.
 */
export const findEventStoreDb = async (url: string): Promise<string> => {
  const { host } = new URL(url);
  const probe = eventStoreDbEventStore({ url, streamPrefix: 'stockproof.' });
  try {
    await probe.logId();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartupError(`EventStoreDB in EVENTSTOREDB_URL cannot be reached at ${host}: ${why}.`, { cause: error });
  } finally {
    await probe.close();
  }
  return `EventStoreDB at ${host}`;
};

/** A service's log: the streams that begin with its name. */
export const openEventStoreDb = (url: string, service: ServiceName, log: Log): EventStore =>
  eventStoreDbEventStore({ url, streamPrefix: `${service}.`, log });
