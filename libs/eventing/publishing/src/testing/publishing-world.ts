import { inMemoryEventStore, type EventStore, type NewEvent } from '@stockproof/event-store';
import { inMemoryBus, type InMemoryBus } from '@stockproof/integration-bus';
import { openDatabases, type OpenDatabases } from '@stockproof/postgres-connection';
import { testPostgres } from '@stockproof/postgres-embedded/testing';
import { migrate, type MigrationFolder } from '@stockproof/postgres-migrations';
import { derivedId } from '@stockproof/vocabulary';
import { publishingMigrations } from '../migrations';
import { publisher, type Publisher, type PublisherOptions } from '../publisher';
import type { Publication } from '../publication';

export const topic = 'stockproof.sales.order-events.v1';
export const logId = '0190a000-0000-7000-8000-00000000106d';
export const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
export const systemClock = { now: () => new Date().toISOString() };

/** Tells of orders that were approved, and twice of those that were split. */
export const publication: Publication = {
  handles: ['OrderApproved', 'OrderSplit'],
  facts: ({ type, data }) =>
    (type === 'OrderSplit' ? ['a', 'b'] : ['']).map((part) => ({
      type: 'stockproof.sales.order-approved.v1',
      topic,
      subject: `${String(data['order'])}${part}`,
      data: { ...data },
    })),
};

/** The n-th event of an order: the same for the same words. */
export const orderEvent = (order: string, n: number, type = 'OrderApproved'): NewEvent => ({
  id: derivedId(order, n),
  type,
  data: { order, n },
  meta: {
    commandId: `command-${n}`,
    correlationId: 'correlation-1',
    causationId: `command-${n}`,
    actor: 'user:u',
    organizationId: 'organization-1',
    accountId: 'account-1',
    effectiveAt: null,
    schemaVersion: 1,
    traceparent: '00-trace-span-01',
  },
});

/** A log with these events of one order, one by one. */
export const logWith = async (...events: readonly NewEvent[]): Promise<EventStore> => {
  const store = inMemoryEventStore({ clock: systemClock, logId });
  await appendAfter(store, 0, ...events);
  return store;
};

export const appendAfter = async (store: EventStore, revision: number, ...events: readonly NewEvent[]): Promise<void> => {
  const [outcome] = await store.append([{ stream: 'sales.order-account-1-o', expectedRevision: revision, events }]);
  if (outcome?.outcome !== 'appended') throw new Error(`not appended: ${JSON.stringify(outcome)}`);
};

export type PublishingWorld = {
  readonly databases: OpenDatabases;
  readonly bus: InMemoryBus;
  readonly started: (store: EventStore, more?: Partial<PublisherOptions>) => Publisher;
  /** `<source's generation or 0>/<subject>:<n>` of everything on the topic. */
  readonly told: () => readonly string[];
  readonly end: () => Promise<void>;
};

export const publishingWorld = async (...folders: readonly MigrationFolder[]): Promise<PublishingWorld> => {
  const postgres = await testPostgres();
  await migrate({ url: postgres.url, service: 'sales', folders: [{ name: 'publishing', dir: publishingMigrations }, ...folders] });
  const databases = openDatabases({ url: postgres.url, service: 'sales', log: silent });
  const made = inMemoryBus({ clock: systemClock, retryMs: 1 });
  // One partition, so that what was told has one order.
  const bus = { ...made, ensureTopics: (topics: readonly string[]) => made.ensureTopics(topics, 1) };
  await bus.ensureTopics([topic]);
  const publishers: Publisher[] = [];
  return {
    databases,
    bus,
    started: (store, more = {}) => {
      const started = publisher({
        service: 'sales',
        topics: [topic],
        store,
        bus,
        database: databases.worker,
        publication,
        clock: systemClock,
        log: silent,
        leaseMs: 1_000,
        ...more,
      });
      publishers.push(started);
      started.start();
      return started;
    },
    told: () =>
      bus.messages(topic).map(({ source, subject, data }) => `${source.split(`${logId}.`)[1] ?? 0}/${subject}:${String(data['n'])}`),
    end: async () => {
      await Promise.all(publishers.map((each) => each.stop()));
      await bus.close();
      await databases.close();
      await postgres.stop();
    },
  };
};
