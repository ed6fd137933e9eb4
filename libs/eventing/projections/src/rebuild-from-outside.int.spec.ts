import { eventually } from '@stockproof/event-store/testing';
import { sql } from '@stockproof/sql';
import { compareBuild, type TableCompared } from './compare-build';
import type { RebuildOptions } from './projection-runner';
import { NotSwitched, type RebuildProgress } from './rebuild';
import { count, openWorld, type RunnerWorld } from './testing/runner-world';
import { journal, stockCounts } from './testing/stock-counts';
import { viewStandings } from './view-standings';

// As the command line does it: one runner serves, another one, of a process that does nothing else, rebuilds.
let world: RunnerWorld;
beforeAll(async () => void (world = await openWorld()));
afterEach(() => world.reset());
afterAll(() => world.close());

const views = [stockCounts(), journal()];
const building = async () =>
  world.databases.owner.query(
    sql(
      `select relname::text as name from pg_class where relnamespace = 'stock_building'::regnamespace and relkind = 'r'
       union all select view from stock_views.projection_checkpoints where building`,
    ),
  );
const tableId = async () =>
  (await world.databases.worker.query<{ oid: number }>(sql(`select 'journal_v1'::regclass::oid::int as oid`)))[0]?.oid;

const served = async (quantities: readonly number[], batchSize = 1_000) => {
  const store = world.newStore();
  await count(store, quantities);
  const serving = world.runner(store, views, { verifyMs: 100 });
  serving.start();
  await serving.idle();
  return { store, serving, outside: world.runner(store, views, { batchSize }) };
};

test('rows are compared where both stand at the same place, and what was only compared is thrown away', async () => {
  const { store, serving, outside } = await served([1, 2, 3]);
  const before = await tableId();
  const compared = async (): Promise<readonly TableCompared[]> => {
    let tables: readonly TableCompared[] = [];
    const beforeSwitch: RebuildOptions['beforeSwitch'] = async (tx, view) => {
      tables = await compareBuild(tx, 'stock', view);
      return false;
    };
    await expect(outside.rebuild('journal', { beforeSwitch })).rejects.toThrow(NotSwitched);
    return tables;
  };
  expect(await compared()).toEqual([{ table: 'journal_v1', serving: 3, built: 3, equal: true, because: null }]);
  await world.databases.owner.query(sql('update journal_v1 set quantity = quantity + 1 where quantity = 3'));
  expect(await compared()).toEqual([{ table: 'journal_v1', serving: 3, built: 3, equal: false, because: null }]);
  await world.databases.owner.query(sql('alter table journal_v1 add column more text'));
  expect(await compared()).toMatchObject([{ equal: null, because: 'its columns have changed' }]);
  expect([await tableId(), await building()]).toEqual([before, []]);
  await count(store, [4]);
  await serving.idle();
  expect(await world.rows('journal_v1')).toHaveLength(4);
});

test('given up in the middle it leaves nothing behind, and what serves is as it was', async () => {
  const { outside } = await served(
    Array.from({ length: 50 }, (_, quantity) => quantity),
    10,
  );
  const before = await tableId();
  const stop = new AbortController();
  const seen: RebuildProgress[] = [];
  const onProgress = (progress: RebuildProgress): void => {
    seen.push(progress);
    if (seen.length === 2) stop.abort();
  };
  await expect(outside.rebuild('journal', { signal: stop.signal, onProgress })).rejects.toThrow(/abort/i);
  expect(seen.map(({ events }) => events)).toEqual([10, 10]);
  expect([await tableId(), await building(), (await world.rows('journal_v1')).length]).toEqual([before, [], 50]);
});

test('what a crash leaves is in nobody’s way: refused while it may live, cleared away afterwards', async () => {
  const { outside } = await served([1, 2, 3]);
  const { owner } = world.databases;
  await owner.query(sql('create table stock_building.journal_v1 (nonsense text)'));
  await owner.query(
    sql(
      `insert into stock_views.projection_checkpoints (view, version, building, relations) values ('journal', 1, true, '{"table journal_v1"}')`,
    ),
  );
  await expect(outside.rebuild('journal')).rejects.toThrow(/being rebuilt already/);
  expect(await viewStandings(world.databases.writer, 'stock', views)).toMatchObject([
    { view: 'journal', building: '' },
    { building: null },
  ]);
  await owner.query(sql(`update stock_views.projection_checkpoints set updated_at = now() - interval '61 seconds' where building`));
  await outside.rebuild('journal');
  expect([await building(), (await world.rows('journal_v1')).length]).toEqual([[], 3]);
});

test('a view that stands still in one process goes on when another one has rebuilt it with mended code', async () => {
  const store = world.newStore();
  await count(store, [1, 7, 2]);
  const serving = world.runner(store, [stockCounts(), journal(5)], { verifyMs: 100 });
  serving.start();
  await serving.idle();
  const standing = async () => (await viewStandings(world.databases.worker, 'stock', views))[0];
  await eventually(async () => expect((await standing())?.lastError).toMatch(/StockCounted/));
  await world.runner(store, views).rebuild('journal');
  await count(store, [3]);
  await eventually(async () => expect(await world.rows('journal_v1')).toHaveLength(4));
  expect([(await standing())?.lastError, (await serving.status()).find(({ view }) => view === 'journal')?.lastError]).toEqual([null, null]);
});
