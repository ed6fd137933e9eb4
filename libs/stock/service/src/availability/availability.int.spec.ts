import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabases, type OpenDatabases } from '@stockproof/postgres-connection';
import { testPostgres, type TestPostgres } from '@stockproof/postgres-embedded/testing';
import { migrate } from '@stockproof/postgres-migrations';
import { sql } from '@stockproof/sql';
import { derivedId, skuKey } from '@stockproof/vocabulary';
import fc from 'fast-check';
import { knownBundles } from '../level-reports/known-skus';
import { availability, type AvailabilityAsked } from './availability';

const [accountId, other, north, south, west, both, all] = ['account', 'other', 'north', 'south', 'west', 'both', 'all'].map((name) =>
  derivedId(name),
) as [string, string, string, string, string, string, string];
const rooms = [north, south, west];
const members: Readonly<Record<string, readonly string[]>> = { [both]: [north, south], [all]: rooms };
const ddl = ['stock-levels', 'level-changes']
  .map((view) => readFileSync(join(__dirname, `../views/${view}/${view}.sql`), 'utf8'))
  .join('\n');

type Component = { readonly sku: string; readonly quantity: number };

describe('what may be promised', () => {
  let postgres: TestPostgres;
  let databases: OpenDatabases;

  beforeAll(async () => {
    postgres = await testPostgres();
    await migrate({ url: postgres.url, service: 'stock', folders: [{ name: 'stock', dir: join(__dirname, '../migrations') }] });
    databases = openDatabases({ url: postgres.url, service: 'stock', log: { warn: () => undefined } });
    await databases.owner.transaction(async (tx) => {
      await tx.query(sql('set local search_path to stock_views'));
      await tx.query(
        sql(`${ddl}; create table projection_checkpoints (view text, version int, building boolean, position text);
             grant select on projection_checkpoints to public;
             insert into projection_checkpoints values ('stock-levels', 1, false, '0000000000000009'), ('level-changes', 1, false, '0000000000000007')`),
      );
    });
  });
  afterAll(async () => {
    await databases.close();
    await postgres.stop();
  });

  const put = (table: string, rows: readonly Readonly<Record<string, unknown>>[]) =>
    databases.worker.query(
      sql(
        `insert into ${table} (${Object.keys(rows[0] ?? {}).join(', ')}) select ${Object.keys(rows[0] ?? {})
          .map((name) => `r.${name}`)
          .join(', ')}
             from json_populate_recordset(null::${table}, $1) r`,
        JSON.stringify(rows),
      ),
    );
  const level = (sku: string, warehouseId: string, available: number, account = accountId) => ({
    ...{
      account_id: account,
      sku_key: skuKey(sku),
      sku,
      warehouse_id: warehouseId,
      kind: 'physical',
      unsellable: 0,
      allocated: 0,
      held: 0,
      incoming: 0,
    },
    ...{ total: available, publishable: Math.max(0, available), position: '0000000000000003' },
  });
  const variant = (sku: string, components: readonly Component[] = [], archived = false) => ({
    ...{ account_id: accountId, sku_key: skuKey(sku), sku, components, archived, sequence: 1 },
  });
  beforeEach(async () => {
    const views = ['stock_levels_v1', 'stock_warehouses_v1', 'stock_virtual_members_v1'].map((table) => `stock_views.${table}`);
    await databases.owner.query(sql(`truncate ${['known_variants', 'known_splitting', ...views].join(', ')}`));
    const kinds = { [north]: 'physical', [south]: 'physical', [west]: 'physical', [both]: 'virtual', [all]: 'virtual' };
    await put(
      'stock_warehouses_v1',
      Object.entries(kinds).map(([id, kind], at) => ({ account_id: accountId, warehouse_id: id, code: `W${at}`, kind })),
    );
    await put(
      'stock_virtual_members_v1',
      Object.entries(members).flatMap(([id, of]) => of.map((member) => ({ account_id: accountId, warehouse_id: id, member_id: member }))),
    );
  });

  it('is counted of components where catalog says that a SKU is a bundle', async () => {
    const components = [{ sku: 'TEA', quantity: 2 }];
    await put('known_variants', [variant('TEA'), variant('SET', components), { ...variant('BOX', components), account_id: other }]);
    expect([...(await knownBundles(databases.writer)(accountId, ['tea', ' Set', 'BOX', 'NEW']))]).toEqual([skuKey('SET')]);
  });

  let statements = 0;
  const ask = (asked: Partial<AvailabilityAsked> & Pick<AvailabilityAsked, 'skus'>) => {
    statements = 0;
    const counted =
      <Rest extends readonly unknown[], R>(query: (...rest: Rest) => R) =>
      (...rest: Rest): R => {
        statements += 1;
        return query(...rest);
      };
    const doors = {
      writer: { query: counted(databases.writer.query) as typeof databases.writer.query },
      reader: { readAs: counted(databases.reader.readAs) as typeof databases.reader.readAs },
    };
    return availability(doors, { accountId, warehouseIds: [...rooms, both, all], maySplit: null, ...asked });
  };

  const anyLevels = fc.dictionary(
    fc.constantFrom('tea', 'cup', 'pot'),
    fc.tuple(...rooms.map(() => fc.option(fc.integer({ min: -6, max: 20 })))),
  );
  const anyBundle = fc.array(
    fc.record({ sku: fc.constantFrom('TEA', 'cup', 'pot', 'nowhere'), quantity: fc.integer({ min: 1, max: 4 }) }),
    { minLength: 1, maxLength: 3 },
  );

  it('is the sum over members, and of a bundle what a packer gets who takes one after another from the shelves', async () => {
    await fc.assert(
      fc.asyncProperty(anyLevels, anyBundle, fc.boolean(), async (levels, components, maySplit) => {
        await databases.owner.query(sql('truncate stock_views.stock_levels_v1, known_variants, known_splitting'));
        const rows = Object.entries(levels).flatMap(([sku, of]) =>
          of.flatMap((there, at) => (there === null ? [] : [level(sku, rooms[at]!, there)])),
        );
        if (rows.length > 0) await put('stock_levels_v1', rows);
        await put('known_variants', [variant('set', components), ...['tea', 'cup', 'pot', 'nowhere'].map((sku) => variant(sku))]);
        await put('known_splitting', [{ account_id: accountId, allow_splitting: maySplit, sequence: 1 }]);
        const there = (sku: string, room: string) => levels[skuKey(sku)]?.[rooms.indexOf(room)] ?? 0;
        const expected = ['tea', 'cup', 'pot', 'set'].flatMap((sku) =>
          [...rooms, both, all].map((id) => {
            const of = members[id] ?? [id];
            const sum = (figure: (room: string) => number) => of.reduce((total, room) => total + figure(room), 0);
            if (sku !== 'set') return [sku, sum((room) => there(sku, room)), sum((room) => Math.max(0, there(sku, room)))];
            const packed = packedIn(components, of, there, maySplit);
            return [sku, packed, packed];
          }),
        );
        const { figures } = await ask({ skus: ['tea', 'cup', 'pot', 'set'] });
        expect(figures.map(({ sku, quantities }) => [sku, quantities?.available, quantities?.publishable])).toEqual(expected);
        const set = { skus: ['set'], warehouseIds: [all] };
        const [asked] = (await ask({ ...set, maySplit: !maySplit })).figures;
        expect(asked?.quantities?.available).toBe(packedIn(components, rooms, there, !maySplit));
      }),
      { numRuns: 60 },
    );
  });

  it('answers each by itself: what is unknown, what is archived, what nothing lies of, in whatever spelling a SKU is asked', async () => {
    await put('stock_levels_v1', [level('Tea', north, 5), level('found', south, 2), level('theirs', north, 9, other)]);
    await put('known_variants', [variant('Tea'), variant('new'), variant('gone', [], true)]);
    await put('stock_levels_v1', [level('gone', north, 4)]);
    const { position, maySplit, figures } = await ask({
      skus: [' TEA', 'found', 'new', 'gone', 'nothing', 'theirs'],
      warehouseIds: [north, derivedId('elsewhere')],
    });
    expect([position, maySplit]).toEqual(['0000000000000007', true]);
    const figure = (available: number, publishable: number, at: string | null = '0000000000000003') => ({
      available,
      publishable,
      position: at,
    });
    expect(figures.map(({ sku, outcome, kind, archived, quantities }) => [sku, outcome, kind, archived, quantities])).toEqual(
      [
        [
          [' TEA', 'figure', 'sku', false, figure(5, 5)],
          [' TEA', 'unknown-warehouse', null, false, null],
        ],
        [
          ['found', 'figure', 'sku', false, figure(0, 0, null)],
          ['found', 'unknown-warehouse', null, false, null],
        ],
        [
          ['new', 'figure', 'sku', false, figure(0, 0, null)],
          ['new', 'unknown-warehouse', null, false, null],
        ],
        [
          ['gone', 'figure', 'sku', true, figure(4, 0)],
          ['gone', 'unknown-warehouse', null, false, null],
        ],
        [
          ['nothing', 'unknown-sku', null, false, null],
          ['nothing', 'unknown-sku', null, false, null],
        ],
        [
          ['theirs', 'unknown-sku', null, false, null],
          ['theirs', 'unknown-sku', null, false, null],
        ],
      ].flat(),
    );
  });

  it('is two statements for 2,000 figures, bundles and virtual warehouses among them', async () => {
    const skus = Array.from({ length: 400 }, (_, at) => `sku-${at}`);
    await put(
      'stock_levels_v1',
      skus.flatMap((sku, at) => rooms.map((room, of) => level(sku, room, (at * 7 + of) % 30))),
    );
    await put(
      'known_variants',
      skus.map((sku, at) =>
        variant(
          sku,
          at % 4 === 0
            ? [
                { sku: skus[at + 1]!, quantity: 2 },
                { sku: skus[at + 2]!, quantity: 1 },
              ]
            : [],
        ),
      ),
    );
    await databases.owner.query(sql('analyze stock_views.stock_levels_v1'));
    await ask({ skus });
    const begun = performance.now();
    const { figures } = await ask({ skus });
    const tookMs = Math.round(performance.now() - begun);
    process.stdout.write(`2,000 figures: ${tookMs} ms, ${statements} statements\n`);
    expect([figures.length, figures.filter(({ outcome }) => outcome === 'figure').length, statements]).toEqual([2_000, 2_000, 2]);
    expect(tookMs).toBeLessThan(2_000);
  });
});

/** Bundles packed one by one, each in one room: a warehouse, or all of them together. */
function packedIn(
  components: readonly Component[],
  of: readonly string[],
  there: (sku: string, room: string) => number,
  together: boolean,
): number {
  const needed = [...new Set(components.map(({ sku }) => skuKey(sku)))].map((sku) => ({
    sku,
    quantity: components.filter((each) => skuKey(each.sku) === sku).reduce((sum, { quantity }) => sum + quantity, 0),
  }));
  const shelves = of.map((room) => new Map(needed.map(({ sku }) => [sku, Math.max(0, there(sku, room))])));
  const packing = together
    ? [new Map(needed.map(({ sku }) => [sku, shelves.reduce((sum, shelf) => sum + (shelf.get(sku) ?? 0), 0)]))]
    : shelves;
  let bundles = 0;
  for (const shelf of packing)
    for (; needed.every(({ sku, quantity }) => (shelf.get(sku) ?? 0) >= quantity); bundles += 1)
      for (const { sku, quantity } of needed) shelf.set(sku, (shelf.get(sku) ?? 0) - quantity);
  return bundles;
}
