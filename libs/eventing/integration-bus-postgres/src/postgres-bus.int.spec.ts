import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Client } from 'pg';
import type { IntegrationBus, PartitionBatch } from '@stockproof/integration-bus';
import { eventually, integrationBusSuite, someMessage } from '@stockproof/integration-bus/testing';
import { losingConnections, testPostgres } from '@stockproof/postgres-embedded/testing';
import { busMigrations } from './migrations';
import { postgresBus, type PostgresBusOptions } from './postgres-bus';

const freshDatabase = async () => {
  const postgres = await testPostgres();
  const admin = new Client({ connectionString: postgres.url });
  await admin.connect();
  await admin.query('create schema bus; set search_path to bus');
  for (const file of readdirSync(busMigrations).sort()) await admin.query(readFileSync(join(busMigrations, file), 'utf8'));
  return {
    url: postgres.url,
    admin,
    end: async () => {
      await admin.end();
      await postgres.stop();
    },
  };
};

/** After everything that nobody holds is gone. */
const heapUsed = (): number => {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
};

integrationBusSuite('Postgres', async () => {
  const { url, admin, end } = await freshDatabase();
  return {
    connect: async () => postgresBus({ url }),
    takeAway: async (group, topic, partition) => {
      const values = [group, topic, partition];
      await admin.query(
        "update bus.consumers set member = 'somebody who died', fence = fence + 1 where consumer_group = $1 and topic_no = (select no from bus.topics where name = $2) and partition = $3",
        values,
      );
    },
    end,
  };
});

describe('the Postgres bus', () => {
  const topic = 'stockproof.testing.orders.v1';
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  const clients: IntegrationBus[] = [];
  const connect = (options: Partial<PostgresBusOptions> = {}) => {
    const bus = postgresBus({ url: database.url, ...options });
    clients.push(bus);
    return bus;
  };
  beforeEach(async () => {
    database = await freshDatabase();
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((bus) => bus.close()));
    await database.end();
  });

  it('publishes and delivers soon after all of its connections have gone silent', async () => {
    const way = await losingConnections(database.url);
    const bus = postgresBus({ url: way.url, leaseMs: 500, silentMs: 300 });
    await bus.ensureTopics([topic]);
    const heard: string[] = [];
    await bus.subscribe({
      group: 'silent',
      topics: [topic],
      onBatch: async ({ messages }) => void heard.push(...messages.map(({ id }) => id)),
    });
    const [before, after] = [someMessage(topic, 'order-1', 1), someMessage(topic, 'order-1', 2)];
    await bus.publish([before]);
    await eventually(() => expect(heard).toEqual([before.id]));
    way.lose();
    // Who publishes tries again: the first may go by a connection that says nothing any more.
    await eventually(() => bus.publish([after]));
    await eventually(() => expect(heard).toContain(after.id));
    await way.close();
    await bus.close();
  });

  it('gives the partitions of a client that fell silent to others, once its lease is over', async () => {
    const bus = connect({ leaseMs: 700 });
    await bus.ensureTopics([topic], 2);
    await database.admin.query(`insert into clients values ('silent', clock_timestamp() + interval '600 ms');
      insert into members select 'sales.orders', no, '0-silent', 'silent' from topics;
      insert into consumers select 'sales.orders', no, p, 0, '0-silent', 1 from topics, generate_series(0, 1) p`);
    await bus.publish(Array.from({ length: 20 }, (_, index) => someMessage(topic, `order-${index}`, 1)));
    const heard: string[] = [];
    await bus.subscribe({
      group: 'sales.orders',
      topics: [topic],
      onBatch: async ({ messages }) => void heard.push(...messages.map(({ id }) => id)),
    });
    expect(heard).toEqual([]);
    await eventually(() => expect(heard).toHaveLength(20), 10_000);
    const { rows } = await database.admin.query('select fence::int from consumers order by partition');
    expect(rows).toEqual([{ fence: 2 }, { fence: 2 }]);
  });

  it('hears no more of a partition when it cannot move its offset, long before it would look by itself', async () => {
    const bus = connect({ leaseMs: 200_000 });
    await bus.ensureTopics([topic], 1);
    const [stale, other]: [string[], string[]] = [[], []];
    const into = (heard: string[]) => ({
      topics: [topic],
      onBatch: async ({ messages }: PartitionBatch) => void heard.push(...messages.map(({ id }) => id)),
    });
    await bus.subscribe({ group: 'stock.stale', ...into(stale) });
    await bus.subscribe({ group: 'stock.other', ...into(other) });
    await database.admin.query("update consumers set member = 'another', fence = fence + 1 where consumer_group = 'stock.stale'");
    for (let n = 0; n < 6; n += 1) {
      await bus.publish([someMessage(topic, 'order-1', n)]);
      await eventually(() => expect(other).toHaveLength(n + 1));
    }
    expect(stale.length).toBeLessThan(3);
    expect(await bus.lag('stock.stale', [topic])).toEqual([expect.objectContaining({ behind: 6 })]);
  });

  it('holds nothing of what it has published', async () => {
    const bus = connect();
    await bus.ensureTopics([topic], 1);
    const message = someMessage(topic, 'order-1', 1);
    const round = async (): Promise<number> => {
      for (let n = 0; n < 20; n += 1) await bus.publish([{ ...message, data: { text: String(n).padEnd(250_000, 'x') } }]);
      return heapUsed();
    };
    const first = await round();
    expect((await round()) - first).toBeLessThan(2_500_000);
  });

  it('numbers the messages of many publishers without gaps, in the order in which they can be read', async () => {
    const publishers = [connect(), connect(), connect()];
    await publishers[0]?.ensureTopics([topic], 1);
    const offsets: number[] = [];
    await connect().subscribe({
      group: 'stock.orders',
      topics: [topic],
      batchSize: 3,
      onBatch: async ({ messages }) => void offsets.push(...messages.map(({ offset }) => Number(offset))),
    });
    await Promise.all(
      publishers.flatMap((bus, which) => Array.from({ length: 40 }, (_, n) => bus.publish([someMessage(topic, `order-${which}`, n)]))),
    );
    await eventually(() => expect(offsets).toEqual(Array.from({ length: 120 }, (_, index) => index)));
  });

  it('wakes a subscriber in another client long before it would look by itself', async () => {
    const [publisher, subscriber] = [connect(), connect({ leaseMs: 200_000 })];
    await publisher.ensureTopics([topic], 1);
    const heard: string[] = [];
    await subscriber.subscribe({
      group: 'stock.orders',
      topics: [topic],
      onBatch: async ({ messages }) => void heard.push(...messages.map(({ id }) => id)),
    });
    for (let n = 0; n < 5; n += 1) {
      await publisher.publish([someMessage(topic, 'order-1', n)]);
      await eventually(() => expect(heard).toHaveLength(n + 1), 10_000);
    }
  });

  it('lets workers publish and consume, and keeps readers and writers away', async () => {
    for (const role of ['sales_worker', 'sales_reader', 'sales_writer'])
      await database.admin.query(`do $$ begin create role ${role}; exception when duplicate_object then null; end $$`);
    await database.admin.query('select grant_workers()');
    const worker = connect({ role: 'sales_worker' });
    await worker.ensureTopics([topic]);
    const heard: string[] = [];
    await worker.subscribe({
      group: 'sales.orders',
      topics: [topic],
      onBatch: async ({ messages }) => void heard.push(...messages.map(({ id }) => id)),
    });
    await worker.publish([someMessage(topic, 'order-1', 1)]);
    await eventually(() => expect(heard).toHaveLength(1));
    for (const role of ['sales_reader', 'sales_writer'])
      await expect(connect({ role }).publish([someMessage(topic, 'order-1', 2)])).rejects.toThrow('permission denied');
  });

  it('goes on when its topics are deleted, or its whole schema is dropped, and never mistakes one topic for another', async () => {
    const other = 'stockproof.testing.shipments.v1';
    const migrateAgain = async () => {
      await database.admin.query('create schema bus; set search_path to bus');
      for (const file of readdirSync(busMigrations).sort()) await database.admin.query(readFileSync(join(busMigrations, file), 'utf8'));
    };
    const bus = connect({ leaseMs: 1_000, recreateSchema: migrateAgain });
    await bus.ensureTopics([topic, other], 3);
    const heard: string[] = [];
    await bus.subscribe({
      group: 'stock.orders',
      topics: [topic, other],
      onBatch: async ({ topic: of, messages }) => void heard.push(...messages.map(({ subject }) => `${of} ${subject}`)),
    });
    const publish = (n: number) =>
      eventually(async () => {
        await bus.publish([someMessage(topic, `order-${n}`, 1)]).catch(async (error: unknown) => {
          await bus.ensureTopics([other, topic], 3);
          throw error;
        });
        await bus.publish([someMessage(other, `shipment-${n}`, 1)]);
      });
    const told = (n: number) => [`${topic} order-${n}`, `${other} shipment-${n}`];
    await publish(1);
    await database.admin.query('delete from bus.topics');
    await publish(2);
    await eventually(() => expect(heard).toEqual(expect.arrayContaining(told(2))), 10_000);
    await database.admin.query('drop schema bus cascade');
    await publish(3);
    const wanted = [1, 2, 3].flatMap(told).sort();
    await eventually(() => expect([...new Set(heard)].sort()).toEqual(wanted), 10_000);
  });

  it('refuses what a publisher says that does not know yet that its topic was lost, however soon others have it again', async () => {
    const bus = connect({ leaseMs: 700 });
    await bus.ensureTopics([topic], 1);
    const heard: string[] = [];
    const onBatch = async ({ messages }: PartitionBatch) => void heard.push(...messages.map(({ id }) => id));
    await bus.subscribe({ group: 'stock.orders', topics: [topic], onBatch });
    await bus.publish([someMessage(topic, 'order-1', 1)]);
    await eventually(() => expect(heard).toHaveLength(1));
    await database.admin.query('delete from bus.topics');
    const there = async () => (await database.admin.query('select name from bus.topics')).rows;
    await eventually(async () => expect(await there()).toHaveLength(1), 10_000);
    await expect(bus.publish([someMessage(topic, 'order-1', 2)])).rejects.toThrow('does not exist');
    await bus.ensureTopics([topic], 1);
    await bus.publish([someMessage(topic, 'order-1', 1), someMessage(topic, 'order-1', 2)]);
    await eventually(() => expect(heard).toHaveLength(3));
  });

  it('goes on by itself when the server cuts every connection', async () => {
    const bus = connect({ leaseMs: 1_000 });
    await bus.ensureTopics([topic], 1);
    const heard: string[] = [];
    await bus.subscribe({
      group: 'stock.orders',
      topics: [topic],
      onBatch: async ({ messages }) => void heard.push(...messages.map(({ id }) => id)),
    });
    await bus.publish([someMessage(topic, 'order-1', 1)]);
    await eventually(() => expect(heard).toHaveLength(1));
    await database.admin.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    await eventually(() => bus.publish([someMessage(topic, 'order-1', 2)]));
    await eventually(() => expect(new Set(heard).size).toBe(2));
  });
});
