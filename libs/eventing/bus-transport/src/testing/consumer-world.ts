import { join } from 'node:path';
import { inMemoryBus, type DeliveredMessage, type InMemoryBus } from '@stockproof/integration-bus';
import { someMessage } from '@stockproof/integration-bus/testing';
import { isTransient, openDatabases, type OpenDatabases } from '@stockproof/postgres-connection';
import { testPostgres } from '@stockproof/postgres-embedded/testing';
import { migrate } from '@stockproof/postgres-migrations';
import { sql, type Database, type Statement } from '@stockproof/sql';
import { BusTransport, type BusTransportOptions } from '../bus-transport';
import type { BatchHandler } from '../consumer';
import { busTransportMigrations } from '../migrations';

export const topic = 'stockproof.testing.orders.v1';
export const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
export const keyOf = (aggregate: string): string => `account-1/${aggregate}`;

/** A service's database and a bus in memory, for consumers under test. */
export type ConsumerWorld = {
  readonly databases: OpenDatabases;
  readonly bus: InMemoryBus;
  readonly publish: (...messages: readonly (readonly [aggregate: string, position: number])[]) => Promise<void>;
  /** `<aggregate>:<sequence>` of each row that a group's handlers led to, in the order of commits. */
  readonly effects: (group: string) => Promise<readonly string[]>;
  readonly parked: () => Promise<readonly string[]>;
  readonly transport: (handlers: Readonly<Record<string, BatchHandler>>, more?: Partial<BusTransportOptions>) => Promise<BusTransport>;
  readonly end: () => Promise<void>;
};

/** The row that a handled message leads to: one more each time it is applied. */
export const effectOf = (group: string, { subject, sequence }: DeliveredMessage): Statement =>
  sql('insert into effects (consumer_group, effect) values ($1, $2)', group, `${subject}:${sequence}`);

/** A handler that writes down what it was told, after `before` had its say. */
export const writingDown =
  (group: string, before: (message: DeliveredMessage) => void = () => undefined): BatchHandler =>
  async ({ messages }) =>
    messages.map((message) => {
      before(message);
      return effectOf(group, message);
    });

export const consumerWorld = async (): Promise<ConsumerWorld> => {
  const postgres = await testPostgres();
  const folders = [
    { name: 'bus-transport', dir: busTransportMigrations },
    { name: 'testing', dir: join(__dirname, 'migrations') },
  ];
  await migrate({ url: postgres.url, service: 'sales', folders });
  const databases = openDatabases({ url: postgres.url, service: 'sales', log: silent });
  const bus = inMemoryBus({ clock: { now: () => new Date().toISOString() }, retryMs: 1 });
  await bus.ensureTopics([topic], 2);
  const transports: BusTransport[] = [];
  return {
    databases,
    bus,
    publish: (...messages) =>
      bus.publish(messages.map(([aggregate, position]) => someMessage(topic, aggregate, position, { partitionKey: 'account-1' }))),
    effects: async (group) =>
      (
        await databases.worker.query<{ effect: string }>(sql('select effect from effects where consumer_group = $1 order by no', group))
      ).map(({ effect }) => effect),
    parked: async () =>
      (
        await databases.worker.query<{ message: DeliveredMessage }>(
          sql('select message from parked_events order by consumer_group, ordering_key, place'),
        )
      ).map(({ message }) => `${message.subject}:${message.sequence}`),
    transport: async (handlers, more = {}) => {
      const transport = new BusTransport({
        bus,
        database: databases.worker,
        isTransient,
        log: silent,
        limits: { attempts: 2, firstWaitMs: 1, longestWaitMs: 5 },
        requestsEveryMs: 20,
        ...more,
      });
      for (const [group, handler] of Object.entries(handlers)) transport.addHandler(topic, (batch) => handler(batch), true, { group });
      await new Promise<void>((resolve, reject) => transport.listen((error) => (error === undefined ? resolve() : reject(error))));
      transports.push(transport);
      return transport;
    },
    end: async () => {
      await Promise.all(transports.map((transport) => transport.close()));
      await bus.close();
      await databases.close();
      await postgres.stop();
    },
  };
};

/** A database whose next transactions are lost before they commit, as in a crash. */
export const losing = (database: Database, times: number): Database => {
  let left = times;
  return {
    query: (statement) => database.query(statement),
    transaction: (work) =>
      database.transaction(async (tx) => {
        const result = await work(tx);
        if (left-- > 0) throw Object.assign(new Error('Connection terminated'), {});
        return result;
      }),
  };
};
