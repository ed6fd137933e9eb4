import { join } from 'node:path';
import { commandHandling } from '@stockproof/command-handling';
import { inMemoryEventStore, type EventStore, type RecordedEvent } from '@stockproof/event-store';
import { inMemoryJobs, jobsMigrations, type Jobs, type ScheduledWork, type Timer } from '@stockproof/jobs';
import { openDatabases, type OpenDatabases } from '@stockproof/postgres-connection';
import { testPostgres, type TestPostgres } from '@stockproof/postgres-embedded/testing';
import { migrate } from '@stockproof/postgres-migrations';
import { projectionRunner, type ProjectionRunner } from '@stockproof/projections';
import { sql } from '@stockproof/sql';
import { derivedId } from '@stockproof/vocabulary';
import { account, request, wants, withdrawal } from '../allocation/allocation-scene';
import { allocator, type StockRequest } from '../allocation/allocator';
import { waitingList } from '../allocation/waiting-orders';
import { stockService } from '../stock.module';
import { itemStream, stockStreams } from '../stock.streams';
import { acknowledgeFinding } from './acknowledging';
import { countOpenFindings, readFinding, readFindings } from './findings';
import { askForRepair, repairFindings } from './repairing';
import { askForVerification, readVerification } from './verifications';
import { verifyAll, verifyAllJob } from './verifying-all';
import { countUnverified, verifyAlways, verifyJob } from './verifying-always';

const [north, south] = [derivedId('north'), derivedId('south')];
const organizationId = derivedId('organization');
const clock = { now: () => new Date().toISOString() };
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const candidates = [
  { warehouseId: north, code: 'N', priority: 1, checked: true },
  { warehouseId: south, code: 'S', priority: 2, checked: true },
];
const person = (id: string) => {
  const commandId = derivedId(id);
  return { commandId, correlationId: id, causationId: id, actor: 'user:1', organizationId, accountId: account };
};

let postgres: TestPostgres;
let databases: OpenDatabases;
let runner: ProjectionRunner;
let log: EventStore;
/** What the verifier is shown of the log; a test may take something out of it, or put something in. */
let shown: (events: readonly RecordedEvent[]) => readonly RecordedEvent[];
const works = new Map<string, ScheduledWork>();
const timers = new Map<string, (timer: Timer) => Promise<void>>();
const due: Timer[] = [];

beforeAll(async () => {
  postgres = await testPostgres();
  await migrate({
    url: postgres.url,
    service: 'stock',
    folders: [
      { name: 'jobs', dir: jobsMigrations },
      { name: 'stock', dir: join(__dirname, '../migrations') },
    ],
  });
  databases = openDatabases({ url: postgres.url, service: 'stock', log: silent });
  log = inMemoryEventStore({ clock });
  const { owner, worker } = databases;
  runner = projectionRunner({ service: 'stock', store: log, owner, worker, projections: stockService.projections, log: silent });
  await runner.prepare();
  runner.start();
  const jobs: Jobs = {
    ...inMemoryJobs(clock),
    onSchedule: (work) => void works.set(work.kind, work),
    onTimer: (kind, handler) => void timers.set(kind, handler),
    setTimer: async (timer) => void due.push(timer),
    schedule: async () => undefined,
  };
  const readStream: EventStore['readStream'] = async (
    stream,
    { direction, from = direction === 'backward' ? 1e9 : 0, limit = 1e9 } = {},
  ) => {
    const all = shown(await log.readStream(stream));
    const some =
      direction === 'backward'
        ? all.filter(({ revision }) => revision <= from).toReversed()
        : all.filter(({ revision }) => revision > from);
    return some.slice(0, limit);
  };
  const readStreams: EventStore['readStreams'] = (reads) => Promise.all(reads.map(({ stream, from = 0 }) => readStream(stream, { from })));
  const tools = { store: { ...log, readStream, readStreams }, database: worker, clock };
  verifyAll(jobs, tools);
  await verifyAlways(jobs, tools);
  repairFindings(jobs, { ...tools, streams: streamsOf() });

  await adjust('tea', 10);
  await work(request('A', wants({ tea: 3 }, { candidates })), request('B', wants({ tea: 1 }, { candidates })));
  await work(request('C', wants({ tea: 2 }, { candidates, kind: 'hold' })), request('D', wants({ tea: 50 }, { candidates })));
  await work(withdrawal('B'));
}, 60_000);
afterAll(async () => {
  await runner.stop();
  await databases.close();
  await postgres.stop();
});
beforeEach(() => {
  shown = (events) => events;
});

const streamsOf = () => stockStreams(commandHandling({ store: log, clock }));
const adjust = async (sku: string, by: number): Promise<void> => {
  const now = clock.now();
  const data = { sku, now, warehouseId: north, by, reason: 'found', note: null, reference: null, at: now } as const;
  await streamsOf().items.handle(itemStream(account, sku), { type: 'AdjustStock', data }, person(`adjust ${sku} ${now}`));
};
const work = async (...requests: readonly StockRequest[]): Promise<void> => {
  const inOrganization = requests.map((each) => JSON.parse(JSON.stringify(each).replaceAll('"o"', `"${organizationId}"`)) as StockRequest);
  await allocator({ streams: streamsOf(), clock }, waitingList(databases.worker)).work(account, inOrganization);
};
const verify = async () => {
  await runner.idle();
  const verificationId = derivedId('verification', clock.now(), Math.random());
  await askForVerification(databases.writer, account, { verificationId, askedBy: 'user:1', askedAt: clock.now() });
  await run(verifyAllJob);
  return readVerification(databases.writer, account, verificationId);
};
const run = async (kind: string, cursor: Parameters<ScheduledWork['run']>[0]['cursor'] = null) =>
  works.get(kind)?.run({ subject: account, cursor, payload: {}, progress: async () => undefined });
const open = async () => {
  const rows = await readFindings(databases.writer, account, { kind: null, open: true }, { after: null, limit: 100 });
  return rows.toSorted((a, b) => (a.about < b.about ? -1 : 1));
};
const change = (text: string, ...values: readonly unknown[]) => databases.worker.query(sql(text, ...values));

/** As a person asks for it and a worker does it. */
const repair = async (about: string): Promise<string | null | undefined> => {
  const finding = (await open()).find((each) => each.about.startsWith(about));
  if (!finding) throw new Error(`nothing was found about ${about}`);
  await askForRepair(
    { setTimer: async (timer: Timer) => void due.push(timer) } as Jobs,
    { streams: streamsOf(), clock },
    {
      finding,
      reason: 'looked at',
      context: person(`repair ${finding.findingId}`),
    },
  );
  await timers.get('repair-stock-finding')?.(due.pop() as Timer);
  return (await readFinding(databases.writer, account, finding.findingId))?.repairOutcome;
};

it('finds nothing where nothing is wrong', async () => {
  expect(await verify()).toMatchObject({ done: 5, streams: 5, findings: 0 });
  const after = await run(verifyJob);
  expect([await open(), after?.cursor]).toEqual([[], expect.objectContaining({ after: null })]);
  expect((after?.cursor as { changedTo: string }).changedTo).toBe((await log.head()).position);
});

it.each([
  ['stock-levels', `update stock_levels_v1 set held = held + 1 where sku_key = 'tea'`],
  ['stock-levels', `delete from stock_levels_v1 where sku_key = 'tea'`],
  [
    'stock-movements',
    `update stock_movements_v2 set allocated_after = 0 where sku_key = 'tea' and cause = 'UnitsGranted' and order_id = 'A'`,
  ],
  ['stock-movements', `delete from stock_movements_v2 where sku_key = 'tea' and cause = 'StockAdjusted'`],
  ['stock-movements', `update stock_balances_v2 set total = 11 where sku_key = 'tea'`],
  ['allocations', `update stock_allocations_v2 set units = '[]' where order_id = 'A'`],
])('finds a row of %s that is not what the log says, and puts it right: %s', async (view, tampering) => {
  await change(tampering);
  await verify();
  expect((await open()).map(({ kind, about }) => [kind, about.split(' ')[0]])).toEqual([['view-unlike-log', view]]);
  expect(await repair(view)).toBe('repaired');
  expect(await verify()).toMatchObject({ findings: 0 });
});

it('finds rows of nothing that happened', async () => {
  await change(
    `insert into stock_levels_v1 (account_id, sku_key, sku, warehouse_id, kind, total, unsellable, allocated, held, incoming, publishable, position)
     values ($1, 'ghost', 'GHOST', $2, 'physical', 1, 0, 0, 0, 0, 1, '0000000000000001')`,
    account,
    north,
  );
  await verify();
  expect((await open()).map(({ says }) => says)).toEqual([`The row ghost ${north} of stock-levels is of nothing that happened`]);
  expect([await repair('stock-levels ghost'), await open()]).toEqual(['repaired', []]);
});

it('does nothing to what has healed before a worker comes to it', async () => {
  await change(`update stock_levels_v1 set held = held + 1 where sku_key = 'tea'`);
  await verify();
  await change(`update stock_levels_v1 set held = held - 1 where sku_key = 'tea'`);
  expect([await repair('stock-levels'), await open()]).toEqual(['healed-before', []]);
});

it('names the owner of a grant that the log has lost, and a finding heals when it is so no more', async () => {
  shown = (events) => events.filter(({ type, data }) => !(type === 'UnitsGranted' && data['orderId'] === 'A'));
  await verify();
  const found = await open();
  expect(found.filter(({ kind }) => kind === 'owner-without-allocation').map(({ orderId, attempt }) => [orderId, attempt])).toEqual([
    ['A', 1],
  ]);
  shown = (events) => events;
  await verify();
  expect(await open()).toEqual([]);
  const again = await readFinding(databases.writer, account, found[0]?.findingId ?? '');
  expect(again?.healedAt).not.toBeNull();
});

const unreadable = (events: readonly RecordedEvent[]): readonly RecordedEvent[] =>
  events.map((event) =>
    event.type === 'AllocationDecided' && event.data['orderId'] === 'A' ? { ...event, data: { orderId: 'A', attempt: 1 } } : event,
  );

it('says which event cannot be read, and goes on with everything else', async () => {
  shown = unreadable;
  expect(await verify()).toMatchObject({ done: 5, findings: 1 });
  expect((await open()).map(({ kind, subjectKey }) => [kind, subjectKey])).toEqual([['event-unreadable', 'A']]);
});

it('calls nobody for what somebody has looked at and no repair can undo; the finding stays, with who and why', async () => {
  shown = unreadable;
  await verify();
  const [finding] = await open();
  if (!finding) throw new Error('nothing is open');
  expect([finding.kind, finding.acknowledgedAt, (await countOpenFindings(databases.writer)).get('event-unreadable')]).toEqual([
    'event-unreadable',
    null,
    1,
  ]);
  const tools = { streams: streamsOf(), database: databases.writer, clock };
  for (const reason of ['written by a program of ours', 'said once more'])
    await acknowledgeFinding(tools, finding, reason, person(`acknowledge ${finding.findingId} ${reason}`));
  await verify();
  const [after] = await open();
  expect(after).toMatchObject({ findingId: finding.findingId, healedAt: null, acknowledgedBecause: 'written by a program of ours' });
  expect((await countOpenFindings(databases.writer)).get('event-unreadable')).toBe(0);
  const said = (await log.readStream(`stock.repair-${account}-${finding.findingId}`)).map(({ type, data }) => [type, data['reason']]);
  expect(said).toEqual([['FindingAcknowledged', 'written by a program of ours']]);
});

it('counts what has changed since it last looked', async () => {
  const looked = (to: string) =>
    databases.worker.query(
      sql(
        `insert into job_schedules (kind, subject, payload, cursor) values ($1, $2, '{}', $3)
         on conflict (kind, subject) do update set cursor = excluded.cursor`,
        ...[verifyJob, account, JSON.stringify({ changedTo: to })],
      ),
    );
  expect(await countUnverified(databases.worker)).toBe(5);
  await looked((await log.head()).position);
  expect(await countUnverified(databases.worker)).toBe(0);
});
