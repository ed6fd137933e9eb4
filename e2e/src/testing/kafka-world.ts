import { BusTransport, busTransportMigrations, type BatchHandler } from '@stockproof/bus-transport';
import { inMemoryEventStore, type EventStore, type NewEvent } from '@stockproof/event-store';
import { isTransientKafka, kafkaBus, type KafkaBus } from '@stockproof/integration-bus-kafka';
import { isTransient, openDatabases, type OpenDatabases } from '@stockproof/postgres-connection';
import { testPostgres } from '@stockproof/postgres-embedded/testing';
import { migrate } from '@stockproof/postgres-migrations';
import { publisher, publishingMigrations, type Publication, type Publisher } from '@stockproof/publishing';
import { sql } from '@stockproof/sql';
import { derivedId } from '@stockproof/vocabulary';
import { randomUUID } from 'node:crypto';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const clock = { now: () => new Date().toISOString() };

/** What each member of the group writes down of each message, in the transaction of its checkpoint. */
export const writingDown =
  (group: string, before: (subject: string, n: number) => void = () => undefined): BatchHandler =>
  async ({ messages }) =>
    messages.map(({ subject, sequence }) => {
      before(subject, sequence);
      return sql('insert into effects (consumer_group, effect) values ($1, $2)', group, `${subject}:${sequence}`);
    });

/** A log, its publisher, and consumers on a Kafka broker that tests may kill: from appended events to rows in Postgres. */
export type KafkaWorld = {
  readonly topic: string;
  readonly databaseUrl: string;
  readonly databases: OpenDatabases;
  readonly bus: KafkaBus;
  readonly started: () => Publisher;
  /** The next events of these orders, `each` of every one. */
  readonly append: (orders: readonly string[], each: number) => Promise<void>;
  readonly consumer: (group: string, handler: BatchHandler) => Promise<BusTransport>;
  /** `<order>:<n>` of each row that a group's handlers led to, in the order of commits. */
  readonly effects: (group: string) => Promise<readonly string[]>;
  /** All that was appended. */
  readonly appended: () => readonly string[];
  readonly end: () => Promise<void>;
};

export const kafkaWorld = async (brokers: string): Promise<KafkaWorld> => {
  const topic = `stockproof.testing.orders-${randomUUID()}.v1`;
  const postgres = await testPostgres();
  const folders = [
    { name: 'bus-transport', dir: busTransportMigrations },
    { name: 'publishing', dir: publishingMigrations },
  ];
  await migrate({ url: postgres.url, service: 'sales', folders });
  const databases = openDatabases({ url: postgres.url, service: 'sales', log: silent });
  await databases.owner.query(
    sql('create table effects (no bigint generated always as identity primary key, consumer_group text not null, effect text not null)'),
  );
  await databases.owner.query(sql('grant select, insert on effects to sales_worker'));
  const bus = kafkaBus({ brokers: brokers.split(','), clientId: 'stockproof-tests' });
  await bus.ensureTopics([topic]);
  const store = inMemoryEventStore({ clock, logId: randomUUID() });
  const orders = appendingTo(store);
  const closing: (() => Promise<void>)[] = [];
  return {
    topic,
    databaseUrl: postgres.url,
    databases,
    bus,
    started: () => {
      const made = publisher({
        service: 'sales',
        topics: [topic],
        store,
        bus,
        database: databases.worker,
        publication: onto(topic),
        clock,
        log: silent,
      });
      closing.push(made.stop);
      made.start();
      return made;
    },
    append: orders.append,
    appended: orders.appended,
    consumer: async (group, handler) => {
      const transport = consumerOn(bus, databases);
      transport.addHandler(topic, (batch) => handler(batch as Parameters<BatchHandler>[0]), true, { group });
      closing.push(() => transport.close());
      await new Promise<void>((resolve, reject) => transport.listen((error) => (error ? reject(error as Error) : resolve())));
      return transport;
    },
    effects: async (group) =>
      (
        await databases.worker.query<{ effect: string }>(sql('select effect from effects where consumer_group = $1 order by no', group))
      ).map(({ effect }) => effect),
    end: async () => {
      await Promise.all(closing.map((close) => close()));
      await bus.close();
      await databases.close();
      await postgres.stop();
    },
  };
};

export const consumerOn = (bus: KafkaBus, databases: OpenDatabases): BusTransport =>
  new BusTransport({ bus, database: databases.worker, isTransient: (error) => isTransient(error) || isTransientKafka(error), log: silent });

const onto = (topic: string): Publication => ({
  handles: ['OrderChanged'],
  facts: ({ data }) => [{ type: 'stockproof.testing.order-changed.v1', topic, subject: String(data['order']), data: { ...data } }],
});

const appendingTo = (store: EventStore) => {
  const revisions = new Map<string, number>();
  const appended: string[] = [];
  const eventOf = (order: string, n: number): NewEvent => ({
    id: derivedId(order, n),
    type: 'OrderChanged',
    data: { order, n },
    meta: {
      commandId: `${order}:${n}`,
      correlationId: 'correlation-1',
      causationId: `${order}:${n}`,
      actor: 'user:u',
      organizationId: 'organization-1',
      accountId: 'account-1',
      effectiveAt: null,
      schemaVersion: 1,
    },
  });
  return {
    appended: () => [...appended],
    append: async (orders: readonly string[], each: number): Promise<void> => {
      for (let round = 0; round < each; round += 1) {
        await store.append(
          orders.map((order) => {
            const expectedRevision = revisions.get(order) ?? 0;
            revisions.set(order, expectedRevision + 1);
            appended.push(`${order}:${expectedRevision + 1}`);
            return { stream: `sales.order-account-1-${order}`, expectedRevision, events: [eventOf(order, expectedRevision + 1)] };
          }),
        );
      }
    },
  };
};
