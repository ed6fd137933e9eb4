import { migrate } from '@stockproof/postgres-migrations';
import { testPostgres, type TestPostgres } from '@stockproof/postgres-embedded/testing';
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
    const subscription = reader.subscribe(startOfLog, async ({ events }) => void seen.push(...events.map(({ id }) => id)), {
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
    let writing = true;
    let killed = 0;
    const killer = (async () => {
      while (writing) {
        const { rowCount } = await admin.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'stockproof ${schema} events' and datname = current_database()`,
        );
        killed += rowCount ?? 0;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    })();
    const asked: string[] = [];
    await Promise.all(
      Array.from({ length: 12 }, async (_, writer) => {
        for (let revision = 0; revision < 60; revision++) {
          const event = anEvent();
          asked.push(event.id);
          expect(await store.append([appendOf(`a.writer-${writer}`, revision, [event])])).toMatchObject([
            { outcome: 'appended', revision: revision + 1 },
          ]);
        }
      }),
    );
    writing = false;
    await killer;
    expect(killed).toBeGreaterThan(5);
    const stored = (await wholeLog(store)).map(({ id }) => id);
    expect([...stored].sort()).toEqual([...asked].sort());
    await eventually(() => expect(seen).toHaveLength(stored.length));
    expect(seen).toEqual(stored);
  });
});
