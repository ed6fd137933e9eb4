import { openDatabases, type OpenDatabases } from '@stockproof/postgres-connection';
import { testPostgres, type TestPostgres } from '@stockproof/postgres-embedded/testing';
import { migrate } from '@stockproof/postgres-migrations';
import { sql, type Tenant } from '@stockproof/sql';
import type { RecordedEvent } from '@stockproof/event-store';
import { applyTogether } from '../apply-batch';
import { nowhere } from '../checkpoints';
import type { Projection } from '../projection';
import { dropRelations } from '../relations';
import { prepareViews } from '../view-ddl';
import { schemasOf } from '../view-table';
import { recordedEvents, testAccount, type WrittenDown } from './recorded-events';

type Row = Readonly<Record<string, unknown>>;
type Rows = Readonly<Record<string, readonly Row[]>>;

export type ProjectionTest = {
  /**
   * The view's rows are those of exactly these events. Before it answers, the events are replayed from nothing once more, one by
   * one, and in batches of two and of three; different rows fail the test.
   */
  readonly given: (events: readonly WrittenDown[]) => Promise<readonly RecordedEvent[]>;
  /** All rows of a table, sorted by their first columns. */
  readonly rowsOf: (table: string) => Promise<readonly Row[]>;
  /** A query as HTTP makes it: under row-level security, by default as the account of the tests. */
  readonly readAs: (statement: ReturnType<typeof sql>, tenant?: Tenant) => Promise<readonly Row[]>;
};

const service = 'projection_test';
const schemas = schemasOf(service);
const cuts = (events: readonly RecordedEvent[], size: number): readonly (readonly RecordedEvent[])[] =>
  Array.from({ length: Math.ceil(events.length / size) }, (_, index) => events.slice(index * size, (index + 1) * size));
const sorted = (rows: readonly Row[]): readonly Row[] => [...rows].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

const tablesOf = async ({ owner }: OpenDatabases): Promise<readonly string[]> => {
  const rows = await owner.query<{ relations: readonly string[] }>(sql(`select relations from ${schemas.derived}.projection_checkpoints`));
  return rows
    .flatMap(({ relations }) => relations)
    .filter((relation) => relation.startsWith('table '))
    .map((relation) => relation.slice('table '.length));
};

const startAnew = async ({ owner }: OpenDatabases, projection: Projection): Promise<void> => {
  const known = await owner
    .query<{ relations: readonly string[] }>(sql(`select relations from ${schemas.derived}.projection_checkpoints`))
    .catch(() => []);
  await owner.transaction((tx) =>
    dropRelations(tx, schemas.derived, ['table projection_checkpoints', ...known.flatMap(({ relations }) => relations)]),
  );
  await prepareViews(owner, schemas, [projection]);
};

const replay = async (databases: OpenDatabases, projection: Projection, batches: readonly (readonly RecordedEvent[])[]): Promise<Rows> => {
  await startAnew(databases, projection);
  let from = nowhere;
  for (const events of batches)
    from = await applyTogether(databases.worker, [projection], { schemas, building: false, logId: 'test', from, events });
  const tables = await tablesOf(databases);
  return Object.fromEntries(
    await Promise.all(
      tables.map(async (table) => [table, sorted(await databases.worker.query<Row>(sql(`select * from ${table}`)))] as const),
    ),
  );
};

/**
 * A view on a real, fresh database. Call it in a `describe`; it opens and closes the database by itself.
 */
export const projectionTest = (projection: Projection): ProjectionTest => {
  let postgres: TestPostgres;
  let databases: OpenDatabases;
  beforeAll(async () => {
    postgres = await testPostgres();
    await migrate({ url: postgres.url, service, folders: [] });
    databases = openDatabases({ url: postgres.url, service, log: { warn: () => undefined } });
    await startAnew(databases, projection);
  });
  afterAll(async () => {
    await databases?.close();
    await postgres?.stop();
  });
  return {
    given: async (written) => {
      const events = recordedEvents(written);
      const rows = await replay(databases, projection, cuts(events, 1));
      for (const size of [2, 3]) expect(await replay(databases, projection, cuts(events, size))).toEqual(rows);
      expect(await replay(databases, projection, cuts(events, events.length || 1))).toEqual(rows);
      return events;
    },
    rowsOf: async (table) => sorted(await databases.worker.query<Row>(sql(`select * from ${table}`))),
    readAs: (statement, tenant = { kind: 'account', accountId: testAccount }) => databases.reader.readAs<Row>(tenant, statement),
  };
};
