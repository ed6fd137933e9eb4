import { Client } from 'pg';
import { beginCommand, commandLine } from './testing/command-line';
import { newInstallation, type Installation } from './testing/installation';
import { address, eventually, levelsOf, newMerchant, type Merchant } from './testing/merchant';
import { openShop } from './testing/order-desk';
import { startSimulator, type Simulator } from './testing/simulator';
import { countEventsAtRest } from './testing/streams';
import { trustingCaller, type TrustingCaller } from './testing/trusting-caller';

type Item = Readonly<Record<string, unknown>> & { readonly position: string };
type Table = { readonly table: string; readonly serving: number; readonly built: number; readonly equal: boolean | null };

/** Each is read by somebody all the time. */
const views = [
  ['stock', 'stock-levels'],
  ['sales', 'sales-orders'],
  ['tenancy', 'account-warehouses'],
  ['stock', 'level-changes'],
  ['catalog', 'variants'],
  ['stock', 'stock-movements'],
] as const;

describe('views rebuilt while the product works', () => {
  let installation: Installation;
  let simulator: Simulator;
  let merchant: Merchant;
  let database: Client;

  beforeAll(async () => {
    simulator = await startSimulator();
    installation = await newInstallation({ STOCKPROOF_OUTBOUND_ALLOW: new URL(simulator.url).host });
    await installation.start('all-in-one');
    merchant = await newMerchant(installation, simulator);
    await openShop(merchant, [
      { sku: 'TEA', warehouse: 'NORTH', quantity: 10_000 },
      { sku: 'LID', warehouse: 'SOUTH', quantity: 1 },
      { sku: 'JAR', warehouse: 'SOUTH', quantity: 1 },
    ]);
    database = new Client({ connectionString: installation.databaseUrl() });
    await database.connect();
  }, 180_000);
  afterAll(async () => {
    await database?.end();
    await installation.remove();
    await simulator.stop();
  });

  const cli = (...words: readonly string[]) => commandLine(installation)(...words);
  /** The tables that serve, with the hash of their rows: counted here, not by the product. */
  const servingTables = async (service: string): Promise<ReadonlyMap<string, { readonly id: number; readonly hash: string }>> => {
    const { rows: tables } = await database.query<{ name: string; id: number }>(
      `select relname as name, oid::int as id from pg_class where relkind = 'r' and relnamespace = ($1 || '_views')::regnamespace`,
      [service],
    );
    const found = new Map<string, { id: number; hash: string }>();
    for (const { name, id } of tables.filter((each) => each.name !== 'projection_checkpoints')) {
      const hashing = `select count(*) || ' ' || coalesce(md5(string_agg(t::text, e'\n' order by t::text)), '') as hash from ${service}_views.${name} t`;
      found.set(name, { id, hash: (await database.query<{ hash: string }>(hashing)).rows[0]?.hash ?? '' });
    }
    return found;
  };
  const beingBuilt = async (): Promise<readonly string[]> =>
    (await database.query<{ view: string }>('select view from stock_views.projection_checkpoints where building')).rows.map(
      ({ view }) => view,
    );

  /** The operators' command; both sets of rows were equal where it switched. */
  const rebuild = async (service: string, view: string): Promise<readonly Table[]> => {
    const { code, json, err } = await cli('view', 'rebuild', service, view, '--json');
    expect([view, code, json['switched'], err.includes('Error')]).toEqual([view, 0, true, false]);
    const tables = json['tables'] as readonly Table[];
    expect([view, tables.length > 0, tables.filter(({ equal }) => equal !== true)]).toEqual([view, true, []]);
    return tables;
  };

  /** Killed where it has compared and waits to take the place of the view: somebody reads the view slowly and is in the way. */
  const killInTheSwitch = async (view: string, table: string): Promise<void> => {
    const slow = new Client({ connectionString: installation.databaseUrl() });
    await slow.connect();
    try {
      await slow.query(`begin; select count(*) from stock_views.${table}`);
      const { child, ended, output } = beginCommand(installation, ['view', 'rebuild', 'stock', view]);
      const waits = `select count(*)::int as n from pg_locks where relation = 'stock_views.${table}'::regclass and mode = 'AccessExclusiveLock' and not granted`;
      await eventually(
        async () => [(await database.query<{ n: number }>(waits)).rows[0]?.n, output()],
        ([n]) => n === 1,
        30_000,
      );
      child.kill('SIGKILL');
      expect((await ended).signal).toBe('SIGKILL');
    } finally {
      await slow.end();
    }
  };

  it('answers every read, never an older one than before, and serves the rows that it served; killed in its middle it has done nothing', async () => {
    const caller = trustingCaller(merchant);
    const load = startLoad(merchant, caller);
    const before = await Promise.all(['stock', 'sales', 'tenancy', 'catalog'].map(servingTables));

    const killed = 'stock-levels';
    await killInTheSwitch(killed, 'stock_levels_v1');
    expect(await beingBuilt()).toEqual([killed]);
    // It may be alive for all that others know, for a minute; the minute is made to be over.
    const refused = await cli('view', 'rebuild', 'stock', killed);
    expect([refused.code, refused.err]).toEqual([1, expect.stringMatching(/being rebuilt already/)]);
    await database.query(`update stock_views.projection_checkpoints set updated_at = now() - interval '61 seconds' where building`);
    const compared: string[] = [];
    for (const [service, view] of views)
      for (const { table, serving } of await rebuild(service, view)) compared.push(`${table} ${serving} rows`);
    const { orders, found, counted } = await load.stop();
    process.stdout.write(
      `${compared.length} tables switched with equal rows (${compared.join(', ')}) under ${caller.answered()} requests, the longest ${Math.round(caller.longest())} ms\n`,
    );

    expect(caller.faults()).toEqual([]);
    expect([load.reads() > 100, orders.length > 20, found > 20, counted > 20]).toEqual([true, true, true, true]);
    expect(await beingBuilt()).toEqual([]);
    const { rows: left } = await database.query(`select relname from pg_class where relnamespace = 'stock_building'::regnamespace`);
    expect(left).toEqual([]);
    const after = await Promise.all(['stock', 'sales', 'tenancy', 'catalog'].map(servingTables));
    const idsOf = (all: typeof after) => new Map(all.flatMap((tables) => [...tables].map(([name, { id }]) => [name, id])));
    for (const name of compared.map((each) => each.split(' ')[0] ?? ''))
      expect([name, idsOf(after).get(name) === idsOf(before).get(name)]).toEqual([name, false]);

    // What was acknowledged is there, in what has been rebuilt.
    const shipped = async () => [await everyOrder(caller, '&status=shipped'), caller.faults()] as const;
    await eventually(shipped, ([orderIds]) => orders.every((orderId) => orderIds.has(orderId)), 60_000);
    const levels = await levelsOf(merchant);
    expect([levels['LID SOUTH'], levels['JAR SOUTH']]).toEqual([`${1 + found}/0/0/${1 + found}`, `${1 + counted}/0/0/${1 + counted}`]);
  }, 240_000);

  it('at rest each table has the same rows before and after', async () => {
    /** Null where something was heard meanwhile: warehouses and shops go on telling in their own time. */
    const rebuiltAtRest = async ([service, view]: (typeof views)[number]) => {
      const events = await countEventsAtRest(installation.databaseUrl());
      await eventually(
        () => cli('lag'),
        ({ code }) => code === 0,
      );
      const before = await servingTables(service);
      const rebuilt = (await rebuild(service, view)).map(({ table }) => table);
      const after = await servingTables(service);
      return (await countEventsAtRest(installation.databaseUrl())) === events ? { before, rebuilt, after } : null;
    };
    for (const each of views.slice(0, 2)) {
      const atRest = await eventually(
        () => rebuiltAtRest(each),
        (seen) => seen !== null,
      );
      const { before, rebuilt, after } = atRest as NonNullable<typeof atRest>;
      for (const [name, { id, hash }] of before)
        expect([name, after.get(name)?.hash, after.get(name)?.id !== id]).toEqual([name, hash, rebuilt.includes(name)]);
    }
  }, 120_000);
});

/** All orders in the order in which they last changed, page by page: whoever reads on misses none that was there before. */
const everyOrder = async (caller: TrustingCaller, filter = ''): Promise<ReadonlyMap<string, number>> => {
  const seen = new Map<string, number>();
  let next: string | null = '';
  while (next !== null) {
    const told: Awaited<ReturnType<TrustingCaller['read']>> = await caller.read('sales', `/sales-orders?limit=100${filter}${next}`);
    if (told === null) return seen;
    for (const { orderId, revision } of told.body['items'] as readonly { readonly orderId: string; readonly revision: number }[])
      seen.set(orderId, revision);
    const cursor = told.body['nextCursor'] as string | null;
    next = cursor === null ? null : `&cursor=${encodeURIComponent(cursor)}`;
  }
  return seen;
};

/** People who order, find and count goods and read what they wrote, and people who read everything, until they are stopped. */
const startLoad = (merchant: Merchant, caller: TrustingCaller) => {
  const { SOUTH } = merchant.warehouses;
  let stopped = false;
  let reads = 0;
  const done = { orders: [] as string[], found: 0, counted: 0 };
  const again = async (work: () => Promise<void>): Promise<void> => {
    while (!stopped && caller.faults().length < 10) await work();
  };
  const figure = (items: unknown, sku: string, name: string): number =>
    Number((items as readonly Item[]).find((each) => each['sku'] === sku && each['warehouseId'] === SOUTH)?.[name]);

  const order = async (): Promise<void> => {
    const asked = { orderNumber: `LOAD-${done.orders.length}-OK`, shipTo: address, lines: [{ sku: 'TEA', quantity: 1 }] };
    const told = await caller.write('sales', '/sales-orders', asked);
    if (told === null) return;
    const orderId = String(told.body['orderId']);
    const read = await caller.read('sales', `/sales-orders/${orderId}`, told.position);
    done.orders.push(orderId);
    for (const { etag } of [told, read ?? told]) caller.neverLess(`revision of order ${orderId}`, Number(etag.replaceAll('"', '')));
  };
  const find = async (): Promise<void> => {
    const told = await caller.write('stock', '/adjustments', { sku: 'LID', warehouseId: SOUTH, by: 1, reason: 'found' });
    if (told === null) return;
    done.found += 1;
    const read = await caller.read('stock', '/levels?sku=LID', told.position);
    if (read !== null && figure(read.body['items'], 'LID', 'total') !== 1 + done.found)
      caller.fault(`found ${done.found} of LID, not read`);
  };
  const count = async (): Promise<void> => {
    const rows = [{ sku: 'JAR', quantity: 2 + done.counted }];
    if ((await caller.write('stock', '/level-reports', { warehouseId: SOUTH, takenAt: new Date().toISOString(), rows })) !== null)
      done.counted += 1;
  };

  const readers: readonly (() => Promise<void>)[] = [
    async () => {
      const items = ((await caller.read('stock', '/levels?limit=100'))?.body['items'] ?? []) as readonly Item[];
      caller.neverLess('levels', items.length);
      for (const sku of ['LID', 'JAR']) caller.neverLess(`total of ${sku}`, figure(items, sku, 'total'));
      for (const { sku, warehouseId, position } of items) caller.neverOlder(`level of ${String(sku)} ${String(warehouseId)}`, position);
    },
    async () => {
      const known = done.orders.length;
      const seen = await everyOrder(caller);
      for (const orderId of done.orders.slice(0, known)) if (!seen.has(orderId)) caller.fault(`order ${orderId} was not listed`);
      for (const [orderId, revision] of seen) caller.neverLess(`revision of order ${orderId}`, revision);
    },
    async () => {
      const told = await caller.write('stock', '/availability', { skus: ['LID'], warehouseIds: [SOUTH] });
      if (told === null) return;
      const [{ available } = { available: Number.NaN }] = told.body['figures'] as readonly { readonly available: number }[];
      caller.neverLess('available of LID', available);
      caller.neverOlder('place of the availability of LID', String(told.body['position']));
    },
    async () => {
      const told = await caller.read('stock', '/movements?sku=LID&limit=100');
      if (told !== null) caller.neverLess('movements of LID', (told.body['items'] as readonly unknown[]).length);
    },
    async () => {
      const [warehouses, variants] = [await caller.read('tenancy', '/warehouses'), await caller.read('catalog', '/variants?limit=100')];
      for (const [what, told] of Object.entries({ warehouses, variants }))
        if (told !== null) caller.neverLess(what, (told.body['items'] as readonly unknown[]).length);
    },
    follower(caller),
  ];
  const reading = async (read: () => Promise<void>): Promise<void> => {
    await read();
    reads += 1;
  };
  const all = Promise.all([...[order, find, count].map(again), ...readers.map((read) => again(() => reading(read)))]);
  return {
    reads: () => reads,
    stop: async () => {
      stopped = true;
      await all;
      return done;
    },
  };
};

/** Follows all changes of levels from the beginning: one number after the other for each SKU. */
const follower = (caller: TrustingCaller): (() => Promise<void>) => {
  const sequences = new Map<string, number>();
  let after = '';
  return async () => {
    const told = await caller.read('stock', `/levels/changes?limit=100${after}`);
    if (told === null) return;
    type Change = { readonly sku: string; readonly previousSequence: number; readonly sequence: number };
    for (const { sku, previousSequence, sequence } of told.body['changes'] as readonly Change[]) {
      const known = sequences.get(sku) ?? 0;
      if (previousSequence !== known || sequence <= previousSequence)
        caller.fault(`${sku}: from ${previousSequence} to ${sequence} where ${known} was known`);
      sequences.set(sku, sequence);
    }
    if (told.body['next'] !== null) after = `&after=${encodeURIComponent(String(told.body['next']))}`;
  };
};
