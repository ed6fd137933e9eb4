import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HandOver } from '@stockproof/channel-exchange';
import type { ShopPlace } from '@stockproof/channel-directory';
import { openDatabases, type OpenDatabases } from '@stockproof/postgres-connection';
import { testPostgres, type TestPostgres } from '@stockproof/postgres-embedded/testing';
import { migrate } from '@stockproof/postgres-migrations';
import type { PublishedStock, SalesChannel } from '@stockproof/sales-channel';
import { inMemoryShop } from '@stockproof/sales-channel/testing';
import { sql } from '@stockproof/sql';
import { salesChannelCreatedV1, type StockPublicationV1 } from '@stockproof/tenancy-contracts';
import { derivedId } from '@stockproof/vocabulary';
import { readPublication, readPublications } from './publications';
import { periodOfPublishing, publishStock } from './publishing-stock';

const [accountId, channelId, north, south, both] = ['account', 'shop', 'north', 'south', 'both'].map((name) => derivedId(name)) as [
  string,
  string,
  string,
  string,
  string,
];
const ddl = ['stock-levels', 'level-changes']
  .map((view) => readFileSync(join(__dirname, `../views/${view}/${view}.sql`), 'utf8'))
  .join('\n');
const asItIs = { buffer: 0, percentage: 100, cap: null, excludedSkus: [] };

/** A shop as it is set up; more than one warehouse is published by code. */
const place = (publishedWarehouses: readonly string[], stockPublication: StockPublicationV1, more: object = {}): ShopPlace => ({
  ...{ accountId, organizationId: derivedId('organization'), channelId },
  setUp: salesChannelCreatedV1.schema.parse({
    ...{ accountId, channelId, code: 'web', name: 'Web', connector: 'memory', endpointUrl: null, sealedCredentials: null },
    ...{ defaultOrderStatus: null, holdDelayMs: null, publishedWarehouses, stockPublication, ...more },
  }),
});
const changes: StockPublicationV1 = { mode: 'changes', rules: [] };

describe('telling a shop what may be sold', () => {
  let postgres: TestPostgres;
  let databases: OpenDatabases;
  /** All that the shop was told, call by call, and what it answers next. */
  let calls: { readonly stock: PublishedStock; readonly effectId: string }[];
  let answers: HandOver[];

  beforeAll(async () => {
    postgres = await testPostgres();
    await migrate({ url: postgres.url, service: 'stock', folders: [{ name: 'stock', dir: join(__dirname, '../migrations') }] });
    databases = openDatabases({ url: postgres.url, service: 'stock', log: { warn: () => undefined } });
    await databases.owner.transaction(async (tx) => {
      await tx.query(sql('set local search_path to stock_views'));
      await tx.query(sql(`${ddl}; create table projection_checkpoints (view text, version int, building boolean, position text)`));
    });
  });
  afterAll(async () => {
    await databases.close();
    await postgres.stop();
  });
  beforeEach(async () => {
    calls = [];
    answers = [];
    const source = ['known_variants', 'known_sku_mappings', 'known_splitting', 'stock_publications', 'stock_told'];
    const views = ['stock_levels_v1', 'stock_virtual_members_v1', 'stock_warehouses_v1'].map((table) => `stock_views.${table}`);
    await databases.owner.query(sql(`truncate ${[...source, ...views].join(', ')}`));
    for (const [id, code, kind] of [
      [north, 'NORTH', 'physical'],
      [south, 'SOUTH', 'physical'],
      [both, 'BOTH', 'virtual'],
    ])
      await put('stock_warehouses_v1', { account_id: accountId, warehouse_id: id, code, kind });
    for (const member of [north, south])
      await put('stock_virtual_members_v1', { account_id: accountId, warehouse_id: both, member_id: member });
  });

  const put = (table: string, row: Readonly<Record<string, unknown>>) =>
    databases.worker.query(
      sql(
        `insert into ${table} (${Object.keys(row).join(', ')}) values (${Object.keys(row).map((_, at) => `$${at + 1}`)}) on conflict do nothing`,
        ...Object.values(row),
      ),
    );
  /** So much lies there; a virtual figure is given as its view would have it. */
  const level = async (sku: string, warehouseId: string, available: number, kind = 'physical') => {
    const key = { account_id: accountId, sku_key: sku.toLowerCase(), warehouse_id: warehouseId };
    await databases.worker.query(
      sql('delete from stock_levels_v1 where account_id = $1 and sku_key = $2 and warehouse_id = $3', ...Object.values(key)),
    );
    const none = { unsellable: 0, allocated: 0, held: 0, incoming: 0 };
    await put('stock_levels_v1', { ...key, ...none, sku, kind, total: available, publishable: Math.max(0, available), position: '1' });
  };
  const variant = (sku: string, components: readonly object[] = [], archived = false) =>
    put('known_variants', {
      ...{ account_id: accountId, sku_key: sku.toLowerCase(), sku, components: JSON.stringify(components), archived, sequence: 1 },
    });
  const run = (to: ShopPlace) => {
    const channel: SalesChannel = {
      ...inMemoryShop().channel,
      publishStock: async (stock, { effectId }) => {
        calls.push({ stock, effectId });
        return answers.shift() ?? { outcome: 'accepted', externalId: `there-${calls.length}` };
      },
    };
    const publishing = { database: databases.worker, clock: { now: () => '2026-06-01T12:00:00.000Z' } };
    return publishStock(publishing, { ...to, channel }, { cursor: null, progress: async () => undefined });
  };
  const told = () => calls.map(({ stock }) => Object.fromEntries(stock.rows.map((row) => [figureOf(row), row.quantity])));
  const figureOf = ({ sku, warehouseCode }: PublishedStock['rows'][number]) => (warehouseCode === null ? sku : `${sku} ${warehouseCode}`);

  it('says what differs from what was said before, and nothing where nothing does', async () => {
    await level('TEA', north, 7);
    await level('CUP', north, -2);
    await run(place([north], changes));
    await run(place([north], changes));
    await level('TEA', north, 5);
    await run(place([north], changes));
    expect(told()).toEqual([{ TEA: 7, CUP: 0 }, { TEA: 5 }]);
    expect(calls.map(({ stock }) => stock.mode)).toEqual(['changes', 'changes']);
  });

  it('says all each time where it is set up so, and nothing where it is off', async () => {
    await level('TEA', north, 7);
    await run(place([north], { mode: 'full', rules: [] }));
    await run(place([north], { mode: 'full', rules: [] }));
    await run(place([north], { mode: 'off', rules: [] }));
    expect(told()).toEqual([{ TEA: 7 }, { TEA: 7 }]);
    expect([periodOfPublishing(place([], changes).setUp), periodOfPublishing(place([], { mode: 'full', rules: [] }).setUp)]).toEqual([
      5_000, 900_000,
    ]);
  });

  it('names each of several warehouses by its code, or as the shop calls it, and applies the rule of each', async () => {
    await level('TEA', north, 10);
    await level('TEA', south, 10);
    const rules = [{ ...asItIs, warehouseId: south, buffer: 2, percentage: 50, excludedSkus: ['cup'] }];
    await level('CUP', south, 9);
    const warehouseMappings = [{ theirs: 'uptown', warehouseId: north }];
    await run(place([north, south], { mode: 'changes', rules }, { warehouseMappings }));
    expect(told()).toEqual([{ 'TEA uptown': 10, 'TEA SOUTH': 4, 'CUP SOUTH': 0 }]);
  });

  it('tells bundles by what their components allow, together only where orders may be split', async () => {
    const components = [
      { sku: 'TEA', quantity: 1 },
      { sku: 'CUP', quantity: 2 },
    ];
    await variant('SET', components);
    for (const [sku, at, available] of [
      ['TEA', north, 5],
      ['CUP', north, 1],
      ['TEA', south, 1],
      ['CUP', south, 8],
    ] as const)
      await level(sku, at, available);
    // Whoever counts a bundle counts what is no stock.
    await level('SET', both, 50, 'virtual');
    await put('known_splitting', { account_id: accountId, allow_splitting: false, sequence: 1 });
    await run(place([both], changes));
    await databases.worker.query(sql('update known_splitting set allow_splitting = true'));
    await run(place([both], changes));
    expect(told()).toEqual([{ SET: 1, TEA: 6, CUP: 9 }, { SET: 4 }]);
  });

  it('calls a SKU as the shop does, and what is no longer offered nothing', async () => {
    await level('TEA', north, 7);
    await level('CUP', north, 3);
    await variant('CUP');
    const mapping = { account_id: accountId, channel_id: channelId, theirs: 'shop-tea', sku_key: 'tea', removed: false, sequence: 1 };
    await put('known_sku_mappings', mapping);
    await run(place([north], changes));
    await databases.worker.query(sql('update known_variants set archived = true'));
    await databases.worker.query(sql('update known_sku_mappings set removed = true'));
    await run(place([north], changes));
    await run(place([north], changes));
    expect(told()).toEqual([
      { 'shop-tea': 7, CUP: 3 },
      { TEA: 7, 'shop-tea': 0, CUP: 0 },
    ]);
  });

  it('says the same words under the same name until they are answered, and only then what has changed since', async () => {
    await level('TEA', north, 7);
    answers = [{ outcome: 'unanswered', reason: 'nobody answers', retryAfterMs: null }];
    await expect(run(place([north], changes))).rejects.toThrow('The shop has not answered: nobody answers');
    await level('TEA', north, 5);
    await run(place([north], changes));
    expect(told()).toEqual([{ TEA: 7 }, { TEA: 7 }, { TEA: 5 }]);
    const [first, again, then] = calls.map(({ effectId }) => effectId);
    expect([again === first, then === first]).toEqual([true, false]);
  });

  it('keeps what it said, of what it was made and what the shop answered, refusals too', async () => {
    await level('TEA', north, 7);
    answers = [{ outcome: 'rejected', refusal: { code: 'closed', message: 'We are closed' } }];
    const rules = [{ ...asItIs, warehouseId: north, buffer: 2 }];
    await run(place([north], { mode: 'changes', rules }));
    const [kept] = await readPublications(databases.writer, accountId, null, 10);
    expect(kept).toMatchObject({ channelId, mode: 'changes', rowCount: 1, outcome: 'rejected', answer: 'closed: We are closed' });
    expect(await readPublication(databases.writer, accountId, kept?.publicationId ?? '')).toMatchObject({
      rules: { publishedWarehouses: [north], rules },
      rows: [{ sku: 'TEA', warehouseCode: null, quantity: 5, available: 7 }],
    });
    expect(await readPublication(databases.writer, derivedId('another account'), kept?.publicationId ?? '')).toBeNull();
  });
});
