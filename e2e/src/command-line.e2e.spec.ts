import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { commandLine } from './testing/command-line';
import { succeed } from './testing/http-client';
import { newInstallation, type Installation } from './testing/installation';
import { newMerchant, placeOrder, type Merchant } from './testing/merchant';
import { adjust, openShop, orderWhen } from './testing/order-desk';
import { untilTrue } from './testing/product-process';

describe('the command line beside a running product', () => {
  let installation: Installation;
  let merchant: Merchant;
  let database: Client;
  let folder: string;

  const cli = (...words: readonly string[]) => commandLine(installation)(...words);
  const rowsOf = async (table: string): Promise<readonly string[]> =>
    (await database.query<{ told: string }>(`select t::text as told from stock_views.${table} t order by 1`)).rows.map(({ told }) => told);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'stockproof-cli-'));
    installation = await newInstallation();
    await installation.start('all-in-one');
    merchant = await newMerchant(installation, null);
    database = new Client({ connectionString: installation.databaseUrl() });
    await database.connect();
    await openShop(merchant, [{ sku: 'TEA', warehouse: 'NORTH', quantity: 10 }]);
    const orderId = await placeOrder(merchant, { orderNumber: 'ONE', lines: [{ sku: 'TEA', quantity: 2 }] });
    await orderWhen(merchant, orderId, (order) => order.status === 'fulfilling');
  }, 240_000);
  afterAll(async () => {
    await database?.end();
    await installation?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it('names everything that is wrong with its words, and does nothing', async () => {
    const said = await cli('export-events', 'warehouse', 'me', '--bogus', '--after', 'yesterday', '--out');
    expect([said.code, said.out]).toEqual([64, '']);
    for (const each of ['--bogus', '<service>', '<accountId>', '--after', '--out']) expect(said.err).toContain(each);
    expect((await cli('view', 'rebuild', 'stock', 'no-such-view')).code).toBe(1);
    expect((await cli('parked', 'skip', 'stock', 'stock.allocation', 'nobody')).err).toMatch(/--reason is missing/);
    expect((await cli()).code).toBe(64);
  }, 60_000);

  it('shows that the environment is right and that all services are ready, and no secret', async () => {
    const checked = await cli('check-config', '--json');
    expect([checked.code, checked.json['ok']]).toEqual([0, true]);
    expect(checked.out).not.toContain(new URL(installation.databaseUrl()).password);
    expect(checked.out).not.toContain(installation.adminPassword());
    const healthy = await cli('health', '--json');
    expect([healthy.code, healthy.json['ready'], healthy.json['missing']]).toEqual([0, true, []]);
  }, 60_000);

  it('tells how far everything is', async () => {
    await untilTrue(
      async () => (await cli('lag', '--json')).code === 0,
      30_000,
      () => 'something stays behind',
      500,
    );
    const said = await cli('lag', 'stock', '--json');
    const [stock] = said.json['services'] as readonly Record<string, unknown>[];
    expect(stock).toMatchObject({ service: 'stock', publisher: { held: true, behind: { events: 0, more: false } }, parked: [] });
    const named = (list: string, key: string): readonly unknown[] =>
      (stock?.[list] as readonly Record<string, unknown>[]).map((each) => each[key]);
    expect(named('views', 'view')).toEqual(expect.arrayContaining(['stock-levels', 'account-events']));
    expect(named('consumers', 'group')).toContain('stock.allocation');
    expect(named('jobs', 'kind')).toContain('verify-stock-accounts');
    expect((await cli('lag')).out).toMatch(/Nothing is wrong\./);
  }, 90_000);

  it('finds in the database what the runbooks ask it for', async () => {
    const page = readFileSync(join(__dirname, '../../docs/runbooks/README.md'), 'utf8');
    const asked = /```sql\n([^`]*)```/.exec(page)?.[1] ?? '';
    const answers = (await database.query(asked)) as unknown as readonly { readonly command: string }[];
    expect(answers.map(({ command }) => command)).toEqual(Array.from({ length: 5 }, () => 'SELECT'));
  });

  it('builds a view anew with equal rows, and tells where the rows that serve were other', async () => {
    const before = await rowsOf('stock_levels_v1');
    expect(before.length).toBeGreaterThan(0);
    const rebuilt = await cli('view', 'rebuild', 'stock', 'stock-levels', '--json');
    expect([rebuilt.code, rebuilt.json['switched'], rebuilt.json['differs']]).toEqual([0, true, false]);
    expect(rebuilt.json['tables']).toEqual(
      expect.arrayContaining([{ table: 'stock_levels_v1', serving: before.length, built: before.length, equal: true, because: null }]),
    );
    expect(await rowsOf('stock_levels_v1')).toEqual(before);

    await database.query('update stock_views.stock_levels_v1 set total = total + 1');
    const compared = await cli('view', 'compare', 'stock', 'stock-levels', '--json');
    expect([compared.code, compared.json['differs']]).toEqual([1, true]);
    expect(await rowsOf('stock_levels_v1')).not.toEqual(before);
    expect((await cli('view', 'rebuild', 'stock', 'stock-levels')).out).toMatch(/stock_levels_v1 .*DIFFERENT/);
    expect(await rowsOf('stock_levels_v1')).toEqual(before);
    await succeed(merchant.get('stock', '/levels?sku=TEA'));
  }, 90_000);

  it('would build every view of every service with the rows that serve', async () => {
    const { code, json } = await cli('view', 'compare', '--json');
    const views = json['views'] as readonly { readonly tables: readonly { readonly equal: boolean | null }[] }[];
    expect(views.length).toBeGreaterThan(15);
    expect(views.filter(({ tables }) => tables.length === 0 || tables.some(({ equal }) => equal !== true))).toEqual([]);
    expect(code).toBe(0);
  }, 180_000);

  it('starts a view again that stood still, from outside of the process in which it stands', async () => {
    await database.query('alter table stock_views.stock_levels_v1 add constraint broken check (total < 5) not valid');
    await adjust(merchant, 'TEA', 'NORTH', 1);
    await untilTrue(
      async () => (await cli('view', 'list', 'stock')).code === 1,
      30_000,
      () => 'the view does not stand still',
      500,
    );
    await cli('view', 'rebuild', 'stock', 'stock-levels');
    await untilTrue(
      async () => {
        const { json } = await cli('view', 'list', 'stock', '--json');
        const found = (json['views'] as readonly { view: string; lastError: string | null; behind: { events: number } }[]).find(
          ({ view }) => view === 'stock-levels',
        );
        return found?.lastError === null && found.behind.events === 0;
      },
      30_000,
      () => 'the view does not go on',
      500,
    );
  }, 120_000);

  it('has a parked key handled again, shows what waits, and gives up a message for a reason that is kept', async () => {
    const park = async (key: string): Promise<void> => {
      const { rows } = await database.query<{ group: string; topic: string }>(
        `select consumer_group as "group", topic from stock.consumer_checkpoints where consumer_group = 'stock.allocation' limit 1`,
      );
      const message = {
        ...{
          id: key,
          type: 'stockproof.nobody.knows-this.v1',
          source: 'stockproof/nobody/1',
          subject: key,
          time: new Date().toISOString(),
        },
        ...{
          topic: rows[0]?.topic,
          partition: 0,
          offset: '0',
          partitionKey: key,
          orderingKey: key,
          organizationId: merchant.organizationId,
        },
        ...{ accountId: merchant.accountId, sequence: 1, sourcePosition: '1', ordinal: 0, correlationId: key, causationId: key },
        data: { secret: 'of somebody' },
      };
      await database.query(
        `insert into stock.parked_keys (consumer_group, ordering_key, organization_id, account_id, reason) values ('stock.allocation', $1, $2, $3, 'a test')`,
        [key, merchant.organizationId, merchant.accountId],
      );
      await database.query(`insert into stock.parked_events (consumer_group, ordering_key, message) values ('stock.allocation', $1, $2)`, [
        key,
        JSON.stringify(message),
      ]);
    };
    await park('key-1');
    const listed = await cli('parked', 'list', 'stock', '--account', merchant.accountId);
    expect([listed.code, listed.out.includes('key-1')]).toEqual([1, true]);
    const shown = await cli('parked', 'show', 'stock', 'stock.allocation', 'key-1', '--json');
    expect(shown.json).toMatchObject({ reason: 'a test', waiting: [{ type: 'stockproof.nobody.knows-this.v1' }] });
    expect(shown.out).not.toContain('of somebody');
    expect((await cli('lag', 'stock')).out).toMatch(/stock\.allocation has parked 1 key/);
    expect((await cli('parked', 'replay', 'stock', 'stock.allocation', 'key-1', '--json')).json).toEqual({ outcome: 'freed' });
    expect((await cli('parked', 'replay', 'stock', 'stock.allocation', 'key-1')).code).toBe(1);

    await park('key-2');
    expect((await cli('parked', 'skip', 'stock', 'stock.allocation', 'key-2', '--reason', 'entered twice')).code).toBe(0);
    const { rows } = await database.query<{ skip_reason: string; skipped_by: string }>(
      `select skip_reason, skipped_by from stock.skipped_events where ordering_key = 'key-2'`,
    );
    expect(rows).toEqual([{ skip_reason: 'entered twice', skipped_by: expect.stringMatching(/^command-line/) as string }]);
    expect((await cli('parked', 'list')).code).toBe(0);
  }, 90_000);

  it("exports an account's events as its feed tells them, from any place on", async () => {
    const file = join(folder, 'stock.jsonl');
    expect((await cli('export-events', 'stock', merchant.accountId, '--out', file)).code).toBe(0);
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    const events = lines.map((line) => JSON.parse(line) as { id: string; sourceposition: string });
    const feed = await succeed(merchant.get('stock', '/events?limit=100'));
    expect(events.slice(0, 100)).toEqual(feed.body['events']);
    const middle = events[Math.floor(events.length / 2)]?.sourceposition ?? '';
    const rest = await cli('export-events', 'stock', merchant.accountId, '--after', middle);
    expect(rest.out.trim().split('\n')).toEqual(lines.filter((_, index) => (events[index]?.sourceposition ?? '') > middle));
    expect((await cli('export-events', 'stock', merchant.accountId, '--out', file)).code).toBe(1);
    expect((await cli('export-events', 'stock', merchant.accountId, '--after', '9999999999999999')).code).toBe(1);
  }, 60_000);

  it('tells what was told again, under the same ids, and nothing is done twice', async () => {
    const counted = await cli('replay', 'sales', '--from', 'start', '--json');
    expect([counted.code, counted.json['done']]).toEqual([0, false]);
    const levels = await rowsOf('stock_levels_v1');
    const told = await cli('replay', 'sales', '--from', 'start', '--yes', '--json');
    expect([told.code, told.json['done'], told.json['messages']]).toEqual([0, true, counted.json['messages']]);
    await untilTrue(
      async () => (await cli('lag', '--json')).code === 0,
      30_000,
      () => 'something stays behind',
      500,
    );
    expect(await rowsOf('stock_levels_v1')).toEqual(levels);
  }, 90_000);

  it('verifies stock when asked, and brings a database up to date that is', async () => {
    const verified = await cli('verify-stock', merchant.accountId, '--json');
    expect([verified.code, verified.json['sound'], verified.json['open']]).toEqual([0, true, []]);
    expect((await cli('migrate', 'stock')).code).toBe(0);
  }, 60_000);

  it('says that nobody answers once the product has stopped, and reads the database all the same', async () => {
    await database.end();
    await installation.stop();
    expect((await cli('health')).code).toBe(69);
    const [stock] = (await cli('lag', 'stock', '--json')).json['services'] as readonly Record<string, unknown>[];
    expect(stock).toMatchObject({ publisher: { held: false, behind: { events: 0 } } });
  }, 60_000);
});
