import { startOfLog, type EventStore, type NewEvent } from '@stockproof/event-store';
import { eventStoreMigrations, postgresEventStore } from '@stockproof/event-store-postgres';
import { migrate } from '@stockproof/postgres-migrations';
import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import type { Bench, BenchCase, CaseResult, Check, Effort, Measurement } from '../bench-case';
import { underLoad, type Outcome } from '../load';
import { medianRatio, medianRun, type Run } from '../statistics';

const callersTried = [1, 32, 128];
const rowsPerInsert = 100;

/** One way to make an event durable, and how to find out afterwards whether it did. */
type Contender = {
  readonly name: string;
  readonly unitsPerCall: number;
  readonly call: (caller: number) => Promise<unknown>;
  /** How many events lie there now. */
  readonly count: () => Promise<number>;
};

/** Appends of one event to a stream of its own, next to what the same Postgres does with plain inserts of the same event. */
export const durableAppends: BenchCase = {
  title: 'Durable appends of one event, each to a stream of its own',
  run: async ({ url, effort, say }: Bench): Promise<CaseResult> => {
    await migrate({ url, service: 'bench', folders: [{ name: 'event-store', dir: eventStoreMigrations }] });
    const store = postgresEventStore({ url, schema: 'bench', role: 'bench_writer' });
    const measurements: Measurement[] = [];
    const checks: Check[] = [];
    const ratios = new Map<number, number>();
    for (const callers of callersTried) {
      const pool = new Pool({ connectionString: url, max: callers });
      const contenders = [rawCommits(pool), multiRowInserts(pool), appends(store, pool)];
      for (const table of rawTables) await pool.query(makeRawTable(table));
      say(`${callers} callers`);
      const tried = await inRounds(contenders, callers, effort);
      const [raw, , own] = tried;
      ratios.set(callers, medianRatio(own?.runs ?? [], raw?.runs ?? []));
      measurements.push(...tried.map(({ name, runs }) => ({ name, callers, runs, median: medianRun(runs) })));
      checks.push(...tried.map(({ name, answered, stored }) => complete(`${name}, ${callers} callers`, answered, stored)));
      await pool.end();
    }
    checks.push(await unbroken(store));
    await store.close();
    return {
      measurements,
      checks,
      aims: [{ name: 'appends next to raw commits at 32 callers', atLeast: 1.8, measured: ratios.get(32) ?? 0 }],
    };
  },
};

type Tried = { readonly name: string; readonly runs: readonly Run[]; readonly answered: number; readonly stored: number };

/** Each round runs all contenders one after the other, so that they share the machine's mood. */
const inRounds = async (
  contenders: readonly Contender[],
  callers: number,
  { rounds, warmSeconds, seconds }: Effort,
): Promise<readonly Tried[]> => {
  const before = await Promise.all(contenders.map((each) => each.count()));
  const outcomes: Outcome[][] = contenders.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, { call, unitsPerCall }] of contenders.entries()) {
      outcomes[index]?.push(await underLoad({ callers, warmSeconds, seconds, unitsPerCall }, call));
    }
  }
  const after = await Promise.all(contenders.map((each) => each.count()));
  return contenders.map(({ name, unitsPerCall }, index) => ({
    name,
    runs: (outcomes[index] ?? []).map(({ run }) => run),
    answered: (outcomes[index] ?? []).reduce((sum, { calls }) => sum + calls * unitsPerCall, 0),
    stored: (after[index] ?? 0) - (before[index] ?? 0),
  }));
};

const rawTables = ['one_each', 'many_rows'] as const;
type RawTable = (typeof rawTables)[number];
const makeRawTable = (table: RawTable): string => `create table if not exists ${table} (
  position bigint generated always as identity primary key, stream text not null, type text not null, event_id uuid not null,
  recorded timestamptz not null default now(), data json not null, meta json not null)`;
const insertInto = (table: RawTable): string => `insert into ${table} (stream, type, event_id, data, meta)`;

const rowOf = ({ id, type, data, meta }: NewEvent): readonly string[] => [
  `raw-${id}`,
  type,
  id,
  JSON.stringify(data),
  JSON.stringify(meta),
];
const countIn = (pool: Pool, table: string) => async () => Number((await pool.query(`select count(*) from ${table}`)).rows[0].count);

const rawCommits = (pool: Pool): Contender => ({
  name: 'raw commits, one row each',
  unitsPerCall: 1,
  call: () => pool.query({ name: 'one', text: `${insertInto('one_each')} values ($1, $2, $3, $4, $5)`, values: [...rowOf(anEvent())] }),
  count: countIn(pool, 'one_each'),
});

const multiRowInserts = (pool: Pool): Contender => ({
  name: `raw inserts of ${rowsPerInsert} rows`,
  unitsPerCall: rowsPerInsert,
  call: () => {
    const rows = Array.from({ length: rowsPerInsert }, () => rowOf(anEvent()));
    const values = [0, 1, 2, 3, 4].map((column) => rows.map((row) => row[column]));
    return pool.query({
      name: 'many',
      text: `${insertInto('many_rows')} select * from unnest($1::text[], $2::text[], $3::uuid[], $4::json[], $5::json[])`,
      values,
    });
  },
  count: countIn(pool, 'many_rows'),
});

const appends = (store: EventStore, pool: Pool): Contender => ({
  name: 'appends to the event store',
  unitsPerCall: 1,
  call: async () => {
    const event = anEvent();
    const [outcome] = await store.append([
      { stream: `bench.order-${event.meta.accountId}-${event.id}`, expectedRevision: 0, events: [event] },
    ]);
    if (outcome?.outcome !== 'appended') throw new Error(`an append was answered ${JSON.stringify(outcome)}`);
  },
  count: countIn(pool, 'bench.events'),
});

const accountId = randomUUID();

/** About the size of what an order's line says: 250 bytes of data, 300 of metadata. */
const anEvent = (): NewEvent => {
  const id = randomUUID();
  return {
    id,
    type: 'UnitsGranted',
    data: {
      sku: 'TSHIRT-BLUE-XL',
      changes: [{ warehouseId: accountId, allocated: 2, at: '2026-01-31T12:00:00.000Z' }],
      orderId: id,
      attempt: 1,
      plan: 1,
      kind: 'allocate',
    },
    meta: {
      commandId: id,
      correlationId: id,
      causationId: id,
      actor: 'service:bench',
      organizationId: accountId,
      accountId,
      effectiveAt: null,
      schemaVersion: 1,
    },
  };
};

const complete = (name: string, answered: number, stored: number): Check => ({
  name: `every answered event is stored once: ${name}`,
  passed: answered === stored,
  found: `${answered} answered, ${stored} stored`,
});

/** Reads the whole log once: positions only rise and no stream has a gap. */
const unbroken = async (store: EventStore): Promise<Check> => {
  const revisions = new Map<string, number>();
  let [position, read, broken] = [startOfLog, 0, 0];
  for (;;) {
    const { events, scannedTo } = await store.readAll(position, 2_000);
    if (events.length === 0) break;
    for (const { stream, revision, position: own } of events) {
      if (own <= position || revision !== (revisions.get(stream) ?? 0) + 1) broken += 1;
      revisions.set(stream, revision);
      position = own;
    }
    read += events.length;
    position = scannedTo;
  }
  return {
    name: 'the log has no gap in any stream and only rising positions',
    passed: broken === 0,
    found: `${read} events, ${broken} out of place`,
  };
};
