import { openDatabases, type OpenDatabases } from '@stockproof/postgres-connection';
import { testPostgres, type TestPostgres } from '@stockproof/postgres-embedded/testing';
import { migrate } from '@stockproof/postgres-migrations';
import { eventStoreMigrations } from './event-store-migrations';
import { postgresSnapshots } from './postgres-snapshots';

let postgres: TestPostgres;
let databases: OpenDatabases;

beforeAll(async () => {
  postgres = await testPostgres();
  await migrate({ url: postgres.url, service: 'stock', folders: [{ name: 'event-store', dir: eventStoreMigrations }] });
  databases = openDatabases({ url: postgres.url, service: 'stock', log: { warn: () => undefined } });
});
afterAll(async () => {
  await databases.close();
  await postgres.stop();
});

const snapshot = (stream: string, revision: number) => ({
  stream,
  revision,
  eventId: '0193f2a4-0000-7000-8000-00000000000a',
  version: 3,
  state: { allocations: [['ä', { quantity: revision }]], deep: { none: null } },
});

describe('snapshots in Postgres', () => {
  it('come back as they were kept, in the order asked, and null where there is none', async () => {
    const snapshots = postgresSnapshots(databases.writer);
    await snapshots.save(snapshot('stock.item-a-1', 500));
    await snapshots.save(snapshot('stock.item-a-2', 700));
    expect(await snapshots.load(['stock.item-a-2', 'stock.item-a-none', 'stock.item-a-1', 'stock.item-a-2'])).toEqual([
      snapshot('stock.item-a-2', 700),
      null,
      snapshot('stock.item-a-1', 500),
      snapshot('stock.item-a-2', 700),
    ]);
    expect(await snapshots.load([])).toEqual([]);
  });

  it('replace each other, also by one of a lower revision: after a restore the log may be shorter', async () => {
    const snapshots = postgresSnapshots(databases.worker);
    for (const revision of [900, 1_000, 40]) await snapshots.save(snapshot('stock.item-a-3', revision));
    expect(await snapshots.load(['stock.item-a-3'])).toEqual([snapshot('stock.item-a-3', 40)]);
  });
});
