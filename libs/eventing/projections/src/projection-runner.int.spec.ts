import { eventually } from '@stockproof/event-store/testing';
import { sql, type Database } from '@stockproof/sql';
import { plusMs } from '@stockproof/vocabulary';
import { count, openWorld, type RunnerWorld } from './testing/runner-world';
import { journal, stockCounts } from './testing/stock-counts';
import { polledViewPositions } from './view-positions';

let world: RunnerWorld;
beforeAll(async () => void (world = await openWorld()));
afterEach(() => world.reset());
afterAll(() => world.close());

const totals = async (version = 1) => (await world.rows(`stock_counts_v${version}`)).map(({ total, seen }) => ({ total, seen }));
const quantities = async () => (await world.rows('journal_v1')).map(({ quantity }) => Number(quantity)).sort((a, b) => a - b);
const checkpoints = () =>
  world.databases.worker.query<{ view: string; version: number; position: string; event_id: string; last_error: string | null }>(
    sql('select view, version, position, event_id, last_error from projection_checkpoints order by view, version, building'),
  );

test('views read what was there and what comes, and their checkpoints name the last event', async () => {
  const store = world.newStore();
  await count(store, [1, 2, 3]);
  const runner = world.runner(store, [stockCounts(), journal()]);
  runner.start();
  await runner.idle();
  expect(await totals()).toEqual([{ total: 6, seen: 3 }]);
  const position = await count(store, [4]);
  expect(await runner.views.waitFor('stock-counts', position, 30_000)).toBe(true);
  expect(await totals()).toEqual([{ total: 10, seen: 4 }]);
  await runner.idle();
  expect(await quantities()).toEqual([1, 2, 3, 4]);
  const { eventId } = await store.head();
  expect(await checkpoints()).toMatchObject([
    { view: 'journal', position, event_id: eventId },
    { view: 'stock-counts', position, event_id: eventId },
  ]);
  expect(await runner.views.positionOf('journal')).toBe(position);
});

test('a restart goes on after the checkpoint', async () => {
  const store = world.newStore();
  await count(store, [1, 2]);
  const first = world.runner(store, [journal()]);
  first.start();
  await first.idle();
  await first.stop();
  await count(store, [3]);
  const second = world.runner(store, [journal()]);
  second.start();
  await second.idle();
  expect(await quantities()).toEqual([1, 2, 3]);
});

test('two runners at once: each event counts once, and both know where the views stand', async () => {
  const store = world.newStore();
  const runners = [
    world.runner(store, [stockCounts(), journal()], { batchSize: 7 }),
    world.runner(store, [stockCounts(), journal()], { batchSize: 11 }),
  ];
  runners.forEach((runner) => runner.start());
  let sum = 0;
  for (let n = 1; n <= 100; n++) {
    const position = await count(store, [n, n]);
    sum += 2 * n;
    if (n % 20 === 0)
      await Promise.all(runners.map(async ({ views }) => expect(await views.waitFor('stock-counts', position, 30_000)).toBe(true)));
  }
  await Promise.all(runners.map((runner) => runner.idle()));
  expect(await totals()).toEqual([{ total: sum, seen: 200 }]);
  expect(await quantities()).toHaveLength(200);
});

test('rows and checkpoint are one transaction: whatever statement breaks, neither moves, and the batch is taken in once', async () => {
  const store = world.newStore();
  await count(store, [1, 2, 3]);
  const { worker } = world.databases;
  let breaks = 0;
  const broken: Database = {
    ...worker,
    transaction: (work) =>
      worker.transaction((tx) => {
        let statements = 0;
        return work({
          query: async (statement) => {
            const rows = await tx.query(statement);
            // The connection is lost after the first, then after the second, then after the third statement of a batch.
            if (++statements === breaks + 1 && breaks < 3) {
              breaks++;
              expect((await checkpoints()).map(({ position }) => position)).toEqual(['', '']);
              throw Object.assign(new Error('Connection terminated unexpectedly'), { code: '08006' });
            }
            return rows as never;
          },
        });
      }),
  };
  const runner = world.runner(store, [stockCounts(), journal()], { worker: broken });
  runner.start();
  await runner.idle();
  expect(breaks).toBe(3);
  expect(await totals()).toEqual([{ total: 6, seen: 3 }]);
  expect(await quantities()).toEqual([1, 2, 3]);
});

test('a view that cannot take in an event stops there, visibly; the others go on; a rebuild with mended code starts it again', async () => {
  const store = world.newStore();
  await count(store, [1, 2, 500, 3]);
  const statuses: unknown[] = [];
  const runner = world.runner(store, [stockCounts(), journal(100)], { onStatus: (status) => void statuses.push(status) });
  runner.start();
  await runner.idle();
  await count(store, [4]);
  await runner.idle();
  expect(await totals()).toEqual([{ total: 510, seen: 5 }]);
  expect(await quantities()).toEqual([1, 2]);
  const lastError = expect.stringMatching(/^StockCounted [0-9a-f-]{36}: .*check constraint/);
  expect(statuses).toEqual([{ view: 'journal', lastError }]);
  expect(await runner.status()).toEqual([
    expect.objectContaining({ view: 'stock-counts', behindSeconds: 0, lastError: null }),
    expect.objectContaining({ view: 'journal', lastError }),
  ]);
  expect(await checkpoints()).toMatchObject([
    { view: 'journal', last_error: lastError },
    { view: 'stock-counts', last_error: null },
  ]);
  expect(world.told).toContainEqual(expect.objectContaining({ level: 'error', details: expect.objectContaining({ view: 'journal' }) }));
  await runner.stop();

  const mended = world.runner(store, [stockCounts(), journal()]);
  mended.start();
  await mended.idle();
  await mended.rebuild('journal');
  await mended.idle();
  expect(await quantities()).toEqual([1, 2, 3, 4, 500]);
  // The rows are there with the switch; that the old error is over is noted a moment later.
  await eventually(async () => expect((await mended.status()).map((status) => status.lastError)).toEqual([null, null]));
});

test('a new version is built apart and joins; the old one is dropped when it is no longer in the code', async () => {
  const store = world.newStore();
  for (let n = 0; n < 50; n++) await count(store, [1]);
  const old = world.runner(store, [stockCounts(1), journal()], { batchSize: 10 });
  old.start();
  await old.idle();
  await old.stop();
  const both = world.runner(store, [stockCounts(1), stockCounts(2), journal()], { batchSize: 3 });
  both.start();
  const position = await count(store, [2]);
  expect(await both.views.waitFor('stock-counts', position, 30_000)).toBe(true);
  await both.idle();
  expect(await totals(2)).toEqual(await totals(1));
  await both.stop();
  const next = world.runner(store, [stockCounts(2), journal()]);
  await next.prepare();
  expect((await checkpoints()).map(({ view, version }) => `${view} ${version}`)).toEqual(['journal 1', 'stock-counts 2']);
  await expect(world.rows('stock_counts_v1')).rejects.toThrow('does not exist');
});

test('the derived schema may be dropped while runners are at work', async () => {
  const store = world.newStore();
  await count(store, [1, 2, 3]);
  const runner = world.runner(store, [stockCounts(), journal()]);
  runner.start();
  await runner.idle();
  await world.databases.owner.query(sql('drop schema stock_views cascade'));
  const position = await count(store, [4]);
  expect(await runner.views.waitFor('stock-counts', position, 10_000)).toBe(true);
  await world.databases.owner.query(sql('drop table journal_v1'));
  await count(store, [5]);
  await eventually(async () => expect(await quantities()).toEqual([1, 2, 3, 4, 5]));
  await eventually(async () => expect(await totals()).toEqual([{ total: 15, seen: 5 }]));
});

test('dropped tables are noticed in silence as well, and are there again only when they are whole', async () => {
  const store = world.newStore();
  for (let n = 0; n < 30; n++) await count(store, [1]);
  const runner = world.runner(store, [stockCounts(), journal()], { batchSize: 3, verifyMs: 100 });
  runner.start();
  await runner.idle();
  const seen = new Set<string>();
  for (const lost of ['table stock_counts_v1', 'schema stock_views cascade', 'schema stock_building cascade, stock_views cascade']) {
    for (const each of lost.split(', '))
      await world.databases.owner.query(sql(`drop ${/^(table|schema)/.test(each) ? '' : 'schema '}${each}`));
    await eventually(async () => {
      const answer = await totals().then(
        (rows) => JSON.stringify(rows),
        (error: unknown) => String((error as { code?: unknown }).code),
      );
      seen.add(answer);
      expect(answer).toBe('[{"total":30,"seen":30}]');
    });
    seen.add(String((await runner.status()).some(({ lastError }) => lastError !== null)));
  }
  await runner.stop();
  await world.databases.owner.query(sql('drop table journal_v1'));
  const again = world.runner(store, [stockCounts(), journal()], { batchSize: 3 });
  await again.prepare();
  await expect(quantities()).rejects.toThrow('does not exist');
  expect((await again.status()).map(({ view }) => view)).toEqual(['stock-counts', 'journal']);
  again.start();
  await eventually(async () => expect(await quantities()).toHaveLength(30));
  expect([...seen].filter((each) => each.startsWith('['))).toEqual(['[{"total":30,"seen":30}]']);
  expect(world.told).toContainEqual(
    expect.objectContaining({ level: 'error', message: expect.stringMatching(/^Views are not there/) as string }),
  );
});

test('preparing names the view whose DDL is wrong', async () => {
  const store = world.newStore();
  await expect(world.runner(store, [{ ...stockCounts(), ddl: 'create tabel x (id int)' }]).prepare()).rejects.toThrow(
    'The DDL of stock-counts failed: syntax error',
  );
  await expect(world.runner(store, [{ ...stockCounts(), ddl: 'create table stock_views.x_v1 (id int)' }]).prepare()).rejects.toThrow(
    'must stand there without a schema',
  );
});

test('processes without a runner see where the views stand', async () => {
  const store = world.newStore();
  const runner = world.runner(store, [stockCounts()]);
  runner.start();
  await runner.idle();
  const views = polledViewPositions({ database: world.databases.writer, service: 'stock', projections: [stockCounts()] });
  const position = await count(store, [1]);
  expect(await views.waitFor('stock-counts', position, 30_000)).toBe(true);
  expect(await views.waitFor('stock-counts', `${position}1`, 50)).toBe(false);
  expect(await views.positionOf('stock-counts')).toBe(position);
});

test('a view is as far behind as its first unread event is old', async () => {
  const store = world.newStore();
  await count(store, [1]);
  const later = plusMs(new Date().toISOString(), 90_000);
  const runner = world.runner(store, [stockCounts()], { clock: { now: () => later } });
  const [status] = await runner.status();
  expect(status?.behindSeconds).toBeGreaterThan(85);
  runner.start();
  await runner.idle();
  expect((await runner.status())[0]?.behindSeconds).toBe(0);
});
