import { join } from 'node:path';
import { openDatabases, type OpenDatabases } from '@stockproof/postgres-connection';
import { testPostgres, type TestPostgres } from '@stockproof/postgres-embedded/testing';
import { migrate } from '@stockproof/postgres-migrations';
import { sql } from '@stockproof/sql';
import { derivedId } from '@stockproof/vocabulary';
import { postgresSpokenOf } from './postgres-spoken-of';
import { spokenOfSuite } from './spoken-of.suite';

let postgres: TestPostgres;
let databases: OpenDatabases;

beforeAll(async () => {
  postgres = await testPostgres();
  await migrate({ url: postgres.url, service: 'stock', folders: [{ name: 'stock', dir: join(__dirname, '../migrations') }] });
  databases = openDatabases({ url: postgres.url, service: 'stock', log: { warn: () => undefined } });
});
afterAll(async () => {
  await databases.close();
  await postgres.stop();
});

// As the role that requests have: reports come by HTTP too.
spokenOfSuite('in Postgres', async (clock) => postgresSpokenOf(databases.writer, clock));

it('keeps SKUs that are reported together once, and forgets them when no older report would be taken any more', async () => {
  let now = '2026-01-10T12:00:00.000Z';
  const spokenOf = postgresSpokenOf(databases.writer, { now: () => now });
  const place = { accountId: derivedId('alone'), warehouseId: derivedId('north') };
  const report = { source: 'channel:c', meaning: 'on-hand', skus: ['TEA', 'CUP'] } as const;
  for (const minute of [1, 2, 3])
    await spokenOf.announce({ ...place, ...report, reportId: derivedId('report', minute), takenAt: `2026-01-10T11:0${minute}:00.000Z` });
  const kept = () =>
    databases.owner.query(sql('select report_id from skus_spoken_of where account_id = $1 order by taken_at', place.accountId));
  expect(await kept()).toEqual([{ report_id: derivedId('report', 3) }]);
  now = '2026-01-19T12:00:00.000Z';
  await spokenOf.finish({ ...place, reportId: derivedId('report', 3) });
  expect(await kept()).toEqual([]);
  expect(await databases.owner.query(sql('select 1 from reports_under_way where account_id = $1', place.accountId))).toEqual([]);
});
