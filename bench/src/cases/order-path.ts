import { Client } from 'pg';
import type { Bench, BenchCase, CaseResult, Measurement } from '../bench-case';
import { booksOf, type Books } from '../order-path/books';
import { startProcesses, type Processes } from '../order-path/processes';
import type { Share } from '../order-path/shares';
import { openShop, type Shop } from '../order-path/shop';
import { statementsOf, type Asked, type Statements } from '../order-path/statements';
import { until } from '../order-path/until';
import type { Load, Outcome } from '../load';
import { median, medianRatio, medianRun, type Run } from '../statistics';

const callers = 32;
const address = { name: 'Ada Example', street: ['Long Street 1'], postalCode: '10115', city: 'Berlin', countryCode: 'DE' };

/** One kind of request: where it goes, what it is, and whether more follows from it. */
type Kind = { readonly name: string; readonly path: string; readonly order: object; readonly goesOn: boolean };

const kinds = {
  noOp: { name: 'no-op POST of the same body', path: 'no-op', order: {}, goesOn: false },
  noOpWithKey: { name: 'no-op POST that keeps its answer under its key', path: 'no-op-with-key', order: {}, goesOn: false },
  draft: { name: 'orders accepted, nothing follows (drafts)', path: 'sales-orders', order: { status: 'draft' }, goesOn: false },
  order: { name: 'orders accepted while earlier ones are allocated', path: 'sales-orders', order: {}, goesOn: true },
} satisfies Record<string, Kind>;
const through = 'orders through to shipments and all views';

/** What a run cost: processor time of the product and statements, each per request. */
type Cost = { readonly cpuMs: number; readonly asked: readonly Asked[] | null };
type Tried = { readonly run: Run; readonly through: Run; readonly calls: number; readonly cost: Cost };

type World = {
  readonly processes: Processes;
  readonly shop: Shop;
  readonly books: Books;
  readonly statements: Statements | null;
  /** Orders so far of which the view must show that they go out. */
  allocated: number;
  drafts: number;
};

/** Orders with three lines over HTTP into the product as it is delivered, next to a request that does nothing. */
export const orderPath: BenchCase = {
  title: 'Orders with three lines over HTTP, on the whole product in one process',
  run: async (bench: Bench): Promise<CaseResult> => {
    const client = new Client({ connectionString: bench.url });
    await client.connect();
    const statements = await statementsOf(client);
    const processes = await startProcesses(bench.url);
    try {
      bench.say('setting up an account with 500 SKUs');
      const shop = await openShop(processes);
      const world: World = { processes, shop, statements, books: await booksOf(client, shop.accountId), allocated: 0, drafts: 0 };
      await knownToSales(world);
      return await measured(world, bench);
    } finally {
      await processes.stop();
      await client.end();
    }
  },
};

/** Sales hears of SKUs and settings from others, a moment later: an order for the last ones goes through once it has. */
const knownToSales = async (world: World): Promise<void> => {
  const load = { callers: 1, warmSeconds: 0, seconds: 0.2 };
  const outcome = await until(
    () => send(world, kinds.order, { load, tag: `first-${performance.now()}` }).catch((error: unknown) => String(error)),
    (seen) => typeof seen !== 'string',
    60_000,
  );
  if (typeof outcome !== 'string') world.allocated += outcome.calls;
  await untilThrough(world);
};

const send = async (
  { processes, shop }: World,
  { path, order }: Kind,
  { load, tag }: { readonly load: Load; readonly tag: string },
): Promise<Outcome> =>
  processes.send({
    ...load,
    tag,
    path: `/v1/sales/accounts/${shop.accountId}/${path}`,
    token: await shop.signIn(),
    skus: shop.skus,
    order: { shipTo: address, ...order },
  });

const untilThrough = (world: World): Promise<number> => until(world.books.fulfilling, (count) => count >= world.allocated);

const tryOnce = async (world: World, kind: Kind, { load, tag }: { readonly load: Load; readonly tag: string }): Promise<Tried> => {
  await world.statements?.reset();
  const before = await world.processes.usage();
  const begun = performance.now();
  const { run, calls } = await send(world, kind, { load, tag });
  if (kind.goesOn) world.allocated += calls;
  if (kind === kinds.draft) world.drafts += calls;
  if (kind.goesOn) await untilThrough(world);
  const seconds = (performance.now() - begun) / 1_000;
  const after = await world.processes.usage();
  const none = Number.NaN;
  return {
    run,
    calls,
    through: { perSecond: calls / seconds, p50Ms: none, p95Ms: none, p99Ms: none },
    cost: { cpuMs: (after.cpuMs - before.cpuMs) / calls, asked: (await world.statements?.asked()) ?? null },
  };
};

type ByKind = Readonly<Record<keyof typeof kinds, readonly Tried[]>>;

const measured = async (world: World, { effort, say }: Bench): Promise<CaseResult> => {
  const load = { callers, warmSeconds: effort.warmSeconds, seconds: effort.seconds };
  const tried: Record<keyof typeof kinds, Tried[]> = { noOp: [], noOpWithKey: [], draft: [], order: [] };
  for (let round = 0; round < effort.rounds; round++) {
    say(`round ${round + 1} of ${effort.rounds}`);
    for (const [name, kind] of Object.entries(kinds) as [keyof typeof kinds, Kind][])
      tried[name].push(await tryOnce(world, kind, { load, tag: `${name}-${round}` }));
  }
  say('once more under the profiler');
  const shares = await world.processes.sharesDuring(async () => {
    await tryOnce(world, kinds.order, { load, tag: 'profiled' });
  });
  return { ...resultOf(tried), checks: await world.books.checks(world), notes: notesOf(tried, shares, world.statements) };
};

const resultOf = (tried: ByKind): Pick<CaseResult, 'measurements' | 'aims'> => {
  const runs = (name: keyof typeof kinds): readonly Run[] => tried[name].map(({ run }) => run);
  const line = (name: string, ofKind: readonly Run[]): Measurement => ({ name, callers, runs: ofKind, median: medianRun(ofKind) });
  const wholeWay = tried.order.map((each) => each.through);
  const names = Object.keys(kinds) as (keyof typeof kinds)[];
  return {
    measurements: [...names.map((name) => line(kinds[name].name, runs(name))), line(through, wholeWay)],
    aims: [
      { name: 'orders accepted per second', atLeast: 1_500, measured: medianRun(runs('draft')).perSecond },
      { name: 'orders per second through to shipments and views', atLeast: 300, measured: medianRun(wholeWay).perSecond },
      { name: 'orders accepted next to no-op POSTs', atLeast: 0.33, measured: medianRatio(runs('draft'), runs('noOp')) },
    ],
  };
};

const notesOf = (tried: ByKind, shares: readonly Share[], statements: Statements | null): readonly string[] => {
  const perRequest = (Object.keys(kinds) as (keyof typeof kinds)[]).map((name) => costNote(kinds[name].name, tried[name], statements));
  const largest = shares.slice(0, 15).map(({ where, share }) => `${where} ${(share * 100).toFixed(1)} %`);
  return [
    ...perRequest,
    `Statements of an order on its whole way, per order: ${mostOf(tried.order, ({ calls }) => calls)}.`,
    `Milliseconds in Postgres of an order on its whole way, per order: ${mostOf(tried.order, ({ ms }) => ms)}.`,
    `Where the product's busy time goes while orders are taken and allocated: ${largest.join(', ')}.`,
  ];
};

const costNote = (name: string, tried: readonly Tried[], statements: Statements | null): string => {
  const cpu = `${median(tried.map(({ cost }) => cost.cpuMs)).toFixed(2)} ms of the product's processor time each`;
  if (statements === null) return `${name}: ${cpu}; statements were not counted, this server does not load pg_stat_statements.`;
  const per = (of: (each: Asked) => number): string =>
    median(tried.map(({ cost, calls }) => (cost.asked ?? []).reduce((sum, each) => sum + of(each), 0) / calls)).toFixed(2);
  return `${name}: ${cpu}, ${per(({ calls }) => calls)} statements and ${per(({ ms }) => ms)} ms in Postgres (${statements.how}).`;
};

const mostOf = (tried: readonly Tried[], of: (each: Asked) => number): string => {
  const last = tried.at(-1);
  return [...(last?.cost.asked ?? [])]
    .sort((a, b) => of(b) - of(a))
    .slice(0, 15)
    .map((each) => `${(of(each) / (last?.calls ?? 1)).toFixed(2)} ${each.service} \`${each.statement.slice(0, 70)}\``)
    .join('; ');
};
