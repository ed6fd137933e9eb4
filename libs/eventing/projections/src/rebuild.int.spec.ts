import { setImmediate as nextTurn } from 'node:timers/promises';
import { eventually } from '@stockproof/event-store/testing';
import { sql } from '@stockproof/sql';
import { testAccount } from './testing/recorded-events';
import { count, openWorld, type RunnerWorld } from './testing/runner-world';
import { journal, stockCounts } from './testing/stock-counts';

let world: RunnerWorld;
beforeAll(async () => void (world = await openWorld()));
afterEach(() => world.reset());
afterAll(() => world.close());

const read = async (): Promise<{ total: number; seen: number } | undefined> =>
  (
    await world.databases.reader.readAs<{ total: number; seen: number }>(
      { kind: 'account', accountId: testAccount },
      sql('select total, seen from stock_counts_v1'),
    )
  )[0];
const seen = async () => (await read())?.seen ?? 0;
const tableId = async () =>
  (await world.databases.worker.query<{ oid: number }>(sql(`select 'stock_counts_v1'::regclass::oid::int as oid`)))[0]?.oid;

test('under load a rebuild replaces the table, answers all reads meanwhile, and never shows less than before', async () => {
  const store = world.newStore();
  await count(
    store,
    Array.from({ length: 500 }, () => 1),
  );
  const runner = world.runner(store, [stockCounts(), journal()], { batchSize: 200 });
  runner.start();
  await runner.idle();
  const before = await tableId();
  let busy = true;
  const writing = (async () => {
    while (busy) {
      await count(store, [1]);
      await nextTurn();
    }
  })();
  let least = 0;
  let reads = 0;
  const reading = (async () => {
    while (busy) {
      const now = await seen();
      expect(now).toBeGreaterThanOrEqual(least);
      least = now;
      reads++;
    }
  })();
  for (let n = 0; n < 2; n++) await runner.rebuild('stock-counts');
  busy = false;
  await Promise.all([writing, reading]);
  await runner.idle();
  expect(await tableId()).not.toBe(before);
  expect(reads).toBeGreaterThan(10);
  const [{ length }, now] = [await world.rows('journal_v1'), await read()];
  expect(now).toEqual({ total: length, seen: length });
  expect(
    await world.databases.owner.query(sql(`select relname from pg_class where relnamespace = 'stock_building'::regnamespace`)),
  ).toEqual([]);
});

test('everything that the DDL made moves along: a second table with an identity, a view on both, a function', async () => {
  const store = world.newStore();
  await count(store, [1, 2, 3]);
  const wide = {
    ...stockCounts(),
    ddl: `${stockCounts().ddl};
      create table stock_counts_seen_v1 (number bigint generated always as identity primary key, account_id uuid not null, seen bigint);
      create view stock_counts_both_v1 as select c.total, s.seen from stock_counts_v1 c join stock_counts_seen_v1 s using (account_id);
      create function stock_counts_above_v1(lowest bigint, account uuid) returns setof stock_counts_v1 language sql as 'select * from stock_counts_v1 where account_id = account and total >= lowest'`,
    project: (events: Parameters<ReturnType<typeof stockCounts>['project']>[0]) => [
      ...stockCounts().project(events),
      sql('insert into stock_counts_seen_v1 (account_id, seen) values ($1, $2)', testAccount, events.length),
    ],
  };
  const runner = world.runner(store, [wide]);
  runner.start();
  await runner.idle();
  await runner.rebuild('stock-counts');
  await count(store, [4]);
  await runner.idle();
  expect(await world.rows('stock_counts_both_v1')).toEqual([
    { total: 10, seen: 1 },
    { total: 10, seen: 3 },
  ]);
  expect(await world.databases.worker.query(sql('select total from stock_counts_above_v1(10, $1)', testAccount))).toEqual([{ total: 10 }]);
});

test('a rebuild by one process, while another one runs the views', async () => {
  const store = world.newStore();
  await count(store, [1, 2, 3]);
  const [running, other] = [world.runner(store, [stockCounts()]), world.runner(store, [stockCounts()])];
  running.start();
  await running.idle();
  await other.rebuild('stock-counts');
  await count(store, [4]);
  await running.idle();
  expect(await read()).toEqual({ total: 10, seen: 4 });
  await expect(other.rebuild('nothing')).rejects.toThrow('no view nothing');
});

test('of two rebuilds at the same time one is told so', async () => {
  const store = world.newStore();
  await count(store, [1, 2, 3]);
  const runner = world.runner(store, [stockCounts()]);
  runner.start();
  await runner.idle();
  const results = await Promise.allSettled([runner.rebuild('stock-counts'), runner.rebuild('stock-counts')]);
  const failed = results.filter((result) => result.status === 'rejected');
  expect(failed.length).toBeLessThan(2);
  for (const { reason } of failed) expect(String(reason)).toContain('being rebuilt already');
  expect(await read()).toEqual({ total: 6, seen: 3 });
});

test('a log that was restored to an earlier state is noticed at start: told loudly, rebuilt, and no answer goes missing', async () => {
  const [store, restored] = [world.newStore(), world.newStore()];
  await count(store, [1, 2, 3]);
  const first = world.runner(store, [stockCounts(), journal()]);
  first.start();
  await first.idle();
  await first.stop();
  await count(restored, [7, 8, 9, 10]);
  const second = world.runner(restored, [stockCounts(), journal()]);
  let missing = 0;
  let busy = true;
  const reading = (async () => {
    while (busy) if ((await seen()) === 0) missing++;
  })();
  second.start();
  await eventually(async () => expect(await read()).toEqual({ total: 34, seen: 4 }));
  busy = false;
  await reading;
  expect(missing).toBe(0);
  expect((await world.rows('journal_v1')).map(({ quantity }) => quantity).sort()).toEqual([10, 7, 8, 9]);
  expect(world.told.filter(({ level, message }) => level === 'error' && message.includes('not the one'))).toHaveLength(2);
  const position = await count(restored, [1]);
  expect(await second.views.waitFor('stock-counts', position, 5_000)).toBe(true);
});

test('until it is rebuilt, a view of another log promises no position', async () => {
  const [store, restored] = [world.newStore(), world.newStore()];
  const position = await count(store, [1, 2, 3]);
  const first = world.runner(store, [stockCounts()]);
  first.start();
  await first.idle();
  await first.stop();
  await count(restored, [500]);
  const failing = world.runner(restored, [{ ...stockCounts(), project: () => [sql('select 1 / 0')] }]);
  failing.start();
  await eventually(async () => expect((await failing.status())[0]?.lastError).toContain('division by zero'));
  expect(await failing.views.waitFor('stock-counts', position, 50)).toBe(false);
  expect(await read()).toEqual({ total: 6, seen: 3 });
});

test('a log that is replaced under a running subscription is noticed before anything of it is added', async () => {
  const store = world.newStore();
  const other = world.newStore();
  await count(store, [1, 2, 3]);
  await count(other, [5, 6, 7]);
  let present = store;
  const following = world.newStore();
  // Speaks for whichever log stands behind it, under one id, and rings for both: an engine that was restored under its clients.
  const switched = {
    ...following,
    logId: async () => 'one id',
    readAll: (...asked: Parameters<typeof store.readAll>) => present.readAll(...asked),
    head: () => present.head(),
    eventAt: (position: string) => present.eventAt(position),
    subscribe: (...asked: Parameters<typeof store.subscribe>) => present.subscribe(...asked),
  };
  const runner = world.runner(switched, [stockCounts(), journal()], { verifyMs: 50 });
  runner.start();
  await runner.idle();
  present = other;
  await eventually(async () => expect(await read()).toEqual({ total: 18, seen: 3 }));
  expect(world.told).toContainEqual(
    expect.objectContaining({ level: 'warn', details: expect.objectContaining({ error: expect.stringContaining('another event') }) }),
  );
});
