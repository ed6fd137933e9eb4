import { migrate } from '@stockproof/postgres-migrations';
import { losingConnections, testPostgres, type TestPostgres } from '@stockproof/postgres-embedded/testing';
import { startOfLog, type EventStore } from '@stockproof/event-store';
import { appendOf, eventStoreSuite, eventually, anEvent } from '@stockproof/event-store/testing';
import { Client } from 'pg';
import { eventStoreMigrations } from './event-store-migrations';
import { postgresEventStore } from './postgres-event-store';

const schema = 'stock';
let postgres: TestPostgres;
let admin: Client;
const opened: EventStore[] = [];

beforeAll(async () => {
  postgres = await testPostgres();
  await migrate({ url: postgres.url, service: schema, folders: [{ name: 'event-store', dir: eventStoreMigrations }] });
  admin = new Client({ connectionString: postgres.url });
  await admin.connect();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close()));
});
afterAll(async () => {
  await admin.end();
  await postgres.stop();
});

const emptied = () => admin.query(`truncate ${schema}.events, ${schema}.streams restart identity`);
const opens = (role = `${schema}_writer`): EventStore => {
  const store = postgresEventStore({ url: postgres.url, schema, role });
  opened.push(store);
  return store;
};
const wholeLog = async (store: EventStore) => (await store.readAll(startOfLog, 100_000)).events;

eventStoreSuite('The Postgres event store', async () => {
  await emptied();
  const store = opens();
  return { store, close: store.close };
});

describe('The Postgres event store', () => {
  beforeEach(emptied);

  it('stays gap-free for a follower while two processes write', async () => {
    const [one, other, reader] = [opens(), opens(), opens(`${schema}_worker`)];
    const seen: string[] = [];
    reader.subscribe(startOfLog, async ({ events }) => void seen.push(...events.map(({ id }) => id)), {
      batchSize: 40,
    });
    const write = (store: EventStore, process: string) =>
      Promise.all(
        Array.from({ length: 8 }, async (_, writer) => {
          let contested = 0;
          for (let revision = 0; revision < 60; revision++) {
            const [, race] = await store.append([appendOf(`a.${process}-${writer}`, revision), appendOf('a.contested-1', contested)]);
            contested = race?.outcome === 'conflict' ? race.actualRevision : contested + 1;
          }
        }),
      );
    await Promise.all([write(one, 'one'), write(other, 'other')]);
    const events = await wholeLog(reader);
    expect(events.length).toBeGreaterThan(960);
    await eventually(() => expect(seen.length).toBeGreaterThanOrEqual(events.length));
    expect(seen).toEqual(events.map(({ id }) => id));
    const times = events.map(({ recordedAt }) => recordedAt);
    expect([...times].sort()).toEqual(times);
  });

  it('is told at once of what another process wrote', async () => {
    const reader = postgresEventStore({ url: postgres.url, schema, pollMs: 3_600_000 });
    opened.push(reader);
    let seen = 0;
    reader.subscribe(startOfLog, async ({ events }) => void (seen += events.length));
    const writer = opens();
    await writer.append([appendOf('a.one-1', 0)]);
    await eventually(() => expect(seen).toBe(1));
    await writer.append([appendOf('a.one-1', 1)]);
    await eventually(() => expect(seen).toBe(2));
  });

  it('loses and doubles nothing when its connections are killed in the middle of appends', async () => {
    const store = opens();
    const seen: string[] = [];
    store.subscribe(startOfLog, async ({ events }) => void seen.push(...events.map(({ id }) => id)));
    let killed = 0;
    const killAll = async () => {
      const ofStore = `application_name = 'stockproof ${schema} events' and datname = current_database()`;
      killed += (await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where ${ofStore}`)).rowCount ?? 0;
    };
    const asked: string[] = [];
    await Promise.all(
      Array.from({ length: 12 }, async (_, writer) => {
        for (let revision = 0; revision < 60; revision++) {
          const event = anEvent();
          asked.push(event.id);
          const [[outcome]] = await Promise.all([
            store.append([appendOf(`a.writer-${writer}`, revision, [event])]),
            asked.length % 40 === 0 ? killAll() : null,
          ]);
          expect(outcome).toMatchObject({ outcome: 'appended', revision: revision + 1 });
        }
      }),
    );
    expect(killed).toBeGreaterThan(5);
    const stored = (await wholeLog(store)).map(({ id }) => id);
    expect([...stored].sort()).toEqual([...asked].sort());
    await eventually(() => expect(seen).toHaveLength(stored.length));
    expect(seen).toEqual(stored);
  });

  it('goes on soon after all of its connections have gone silent, and writes once what was under way', async () => {
    const way = await losingConnections(postgres.url);
    const store = postgresEventStore({ url: way.url, schema, role: `${schema}_writer`, silentMs: 300 });
    const heard: string[] = [];
    const subscription = store.subscribe(startOfLog, async ({ events }) => void heard.push(...events.map(({ id }) => id)));
    await store.append([appendOf('a.silent-1', 0)]);
    way.lose();
    expect(await store.append([appendOf('a.silent-1', 1)])).toMatchObject([{ outcome: 'appended', revision: 2 }]);
    expect(await wholeLog(store)).toHaveLength(2);
    await eventually(() => expect(heard).toHaveLength(2));
    await subscription.stop();
    await way.close();
    await store.close();
  });

  it('halves a batch that the server cannot take until the append to blame is alone', async () => {
    // No text that passes our own checks is known to do this, so a column that only takes numbers does it.
    await admin.query(`alter table ${schema}.events add constraint numeric check ((data ->> 'text')::int is null)`);
    const store = opens();
    const neighbours = Array.from({ length: 9 }, (_, index) => store.append([appendOf(`a.good-${index}`, 0)]));
    const poison = store.append([appendOf('a.bad-1', 0, [anEvent({ data: { text: 'none' } })]), appendOf('a.after-1', 0)]);
    expect(await poison).toMatchObject([
      { outcome: 'refused', reason: expect.stringContaining('invalid input syntax') },
      { outcome: 'appended' },
    ]);
    expect((await Promise.all(neighbours)).flat().every(({ outcome }) => outcome === 'appended')).toBe(true);
    expect((await wholeLog(store)).map(({ stream }) => stream).sort()).toEqual([
      'a.after-1',
      ...neighbours.map((_, index) => `a.good-${index}`),
    ]);
  });

  it('passes on what is nobody’s fault, and serves the next caller', async () => {
    const store = opens();
    await admin.query(`alter table ${schema}.events rename to elsewhere`);
    await expect(store.append([appendOf('a.one-1', 0)])).rejects.toThrow('events');
    await admin.query(`alter table ${schema}.elsewhere rename to events`);
    expect(await store.append([appendOf('a.one-1', 0)])).toMatchObject([{ outcome: 'appended', revision: 1 }]);
  });

  it('tells a caller when the database stays away', async () => {
    const store = postgresEventStore({ url: 'postgres://nobody@127.0.0.1:1/nothing', schema, giveUpAfterMs: 100 });
    opened.push(store);
    await expect(store.append([appendOf('a.one-1', 0)])).rejects.toThrow('ECONNREFUSED');
    await expect(store.readStream('a.one-1')).rejects.toThrow('ECONNREFUSED');
  });

  it('lets writer and worker add to history, and nobody change it', async () => {
    for (const [revision, role] of ['writer', 'worker'].entries()) {
      await opens(`${schema}_${role}`).append([appendOf('a.one-1', revision)]);
      for (const forbidden of [
        'delete from events',
        "update events set type = 'Other'",
        'truncate events',
        'delete from streams',
        'delete from log_identity',
      ])
        await expect(as(`${schema}_${role}`, forbidden)).rejects.toThrow('permission denied');
    }
    expect(await wholeLog(opens())).toHaveLength(2);
    for (const forbidden of ['select from events', 'select from streams', 'select from snapshots'])
      await expect(as(`${schema}_reader`, forbidden)).rejects.toThrow('permission denied');
    await expect(opens(`${schema}_reader`).append([appendOf('a.one-1', 2)])).rejects.toThrow(/permission denied|does not exist/);
  });
});

const as = async (role: string, statement: string): Promise<void> => {
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  try {
    await client.query(`set role ${role}`);
    await client.query(statement.replace(/(events|streams|snapshots|log_identity)/, `${schema}.$1`));
  } finally {
    await client.end();
  }
};
