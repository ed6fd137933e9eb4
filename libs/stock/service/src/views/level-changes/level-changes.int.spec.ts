import { inMemoryEventStore, type EventStore } from '@stockproof/event-store';
import { openDatabases, type OpenDatabases } from '@stockproof/postgres-connection';
import { testPostgres, type TestPostgres } from '@stockproof/postgres-embedded/testing';
import { migrate } from '@stockproof/postgres-migrations';
import { projectionRunner, type ProjectionRunner } from '@stockproof/projections';
import { projectionTest, recordedEvents, testAccount, type WrittenDown } from '@stockproof/projections/testing';
import { sql } from '@stockproof/sql';
import { derivedId } from '@stockproof/vocabulary';
import fc from 'fast-check';
import { readLevels } from '../stock-levels/stock-levels.query';
import { stockLevelsProjection } from '../stock-levels/stock-levels.projection';
import { levelChangesProjection } from './level-changes.projection';
import { readChanges, type ChangesPlace, type Figure } from './level-changes.query';
import { adjusted, consistsOf, described, disabled, enabled, fellShort, warehouses, type Named } from '../../testing/level-history';

const another = derivedId('another account');

const physical = fc.constantFrom<Named>('north', 'south', 'west');
const anyEvent: fc.Arbitrary<WrittenDown> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(fc.constantFrom('tea', 'cup', 'Pot'), physical, fc.integer({ min: -5, max: 9 })).map((of) => adjusted(...of)),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom<readonly Named[]>(['north', 'south'], ['south', 'west'], ['north', 'south', 'west'])
      .map((members) => consistsOf(members)),
  },
  { weight: 1, arbitrary: fc.constantFrom(enabled(), disabled(), enabled('north'), fellShort('tea')) },
  { weight: 1, arbitrary: fc.constant(adjusted('tea', 'north', 1, { accountId: another })) },
);
const anyHistory = fc.array(anyEvent, { minLength: 10, maxLength: 60 });

describe('the count of changes of a SKU', () => {
  const view = projectionTest(levelChangesProjection);
  const counted = async (sku: string) =>
    (await view.rowsOf('stock_level_changes_v1'))
      .filter((row) => row['sku_key'] === sku && row['account_id'] === testAccount)
      .map((row) => [Number(row['position']), row['sequence']]);

  it('goes on by one with each event that changes a figure of it, in any spelling and in any of its warehouses', async () => {
    await view.given([
      adjusted('tea', 'north', 1),
      adjusted('cup', 'north', 1),
      adjusted('TEA', 'south', 1, { also: 'north' }),
      fellShort('tea'),
      adjusted('tea', 'north', 1, { accountId: another }),
      adjusted('tea', 'north', 1),
    ]);
    expect([await counted('tea'), await counted('cup')]).toEqual([
      [
        [1, 1],
        [3, 2],
        [6, 3],
      ],
      [[2, 1]],
    ]);
  });

  it('goes on by one with each change of the members of a virtual warehouse that the account uses, and with its coming and going', async () => {
    await view.given([
      adjusted('tea', 'north', 1),
      described(['north', 'south']),
      enabled(),
      consistsOf(['south', 'west']),
      adjusted('cup', 'west', 1),
      enabled('west'),
      disabled(),
      disabled('west'),
      consistsOf(['north', 'west']),
    ]);
    expect([await counted('tea'), await counted('cup')]).toEqual([
      [
        [1, 1],
        [3, 2],
        [4, 3],
        [7, 4],
      ],
      [
        [5, 1],
        [7, 2],
      ],
    ]);
  });

  it('is the same however the log is cut', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory, async (history) => {
        await view.given([described(['north', 'south']), enabled(), ...history]);
        for (const sku of ['tea', 'cup', 'pot'])
          expect((await counted(sku)).map(([, sequence]) => sequence)).toEqual((await counted(sku)).map((_, at) => at + 1));
      }),
      { numRuns: 6 },
    );
  });

  it('and the members of its warehouses are shown to the account alone', async () => {
    await view.given([adjusted('tea', 'north', 1), described(['north', 'south']), enabled()]);
    const both = { kind: 'account', accountId: another } as const;
    for (const table of ['stock_level_changes_v1', 'stock_virtual_members_v1']) {
      expect((await view.readAs(sql(`select * from ${table}`))).length).toBeGreaterThan(0);
      expect(await view.readAs(sql(`select * from ${table}`), both)).toEqual([]);
    }
  });
});

/** Somebody who began with nothing and believes only what is told. */
class Subscriber {
  readonly figures = new Map<string, readonly Figure[]>();
  readonly sequences = new Map<string, number>();
  place: ChangesPlace | null = null;

  take(changes: Awaited<ReturnType<typeof readChanges>>): boolean {
    for (const { sku, previousSequence, sequence, figures } of changes.changes) {
      // Neither a gap nor a repeat: each change begins where the one before ended.
      expect([sku, previousSequence]).toEqual([sku, this.sequences.get(sku) ?? 0]);
      expect(sequence).toBeGreaterThan(previousSequence);
      this.sequences.set(sku, sequence);
      this.figures.set(sku, figures);
    }
    this.place = changes.place ?? this.place;
    return changes.changes.length > 0;
  }
}

describe('who follows the changes of levels', () => {
  let postgres: TestPostgres;
  let databases: OpenDatabases;
  let store: EventStore;
  let runner: ProjectionRunner;
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

  beforeAll(async () => {
    postgres = await testPostgres();
    await migrate({ url: postgres.url, service: 'stock', folders: [] });
    databases = openDatabases({ url: postgres.url, service: 'stock', log });
  });
  afterAll(async () => {
    await databases.close();
    await postgres.stop();
  });
  const begin = async (): Promise<void> => {
    store = inMemoryEventStore({ clock: { now: () => new Date().toISOString() } });
    await databases.owner.query(sql('drop schema stock_views cascade'));
    await databases.owner.query(sql('drop schema stock_building cascade'));
    await migrate({ url: postgres.url, service: 'stock', folders: [] });
    written = [];
    run();
    await runner.prepare();
  };
  const run = (): void => {
    const { owner, worker } = databases;
    const projections = [stockLevelsProjection, levelChangesProjection];
    runner = projectionRunner({ service: 'stock', store, owner, worker, projections, log, batchSize: 7 });
    runner.start();
  };
  let written: readonly WrittenDown[] = [];
  const append = async (events: readonly WrittenDown[]): Promise<void> => {
    const all = recordedEvents([...written, ...events]);
    written = [...written, ...events];
    for (const { id, type, data, meta, stream, revision } of all.slice(-events.length))
      await store.append([{ stream, expectedRevision: revision - 1, events: [{ id, type, data, meta }] }]);
  };
  const levels = async (): Promise<ReadonlyMap<string, readonly Figure[]>> => {
    const rows = await readLevels(
      databases.reader,
      testAccount,
      { skus: null, warehouseId: null, kind: null },
      { after: null, limit: 100 },
    );
    return new Map(
      [...Map.groupBy(rows, ({ sku }) => sku)].map(([sku, of]) => [
        sku,
        of.map(({ warehouse_id, warehouse_code: _, sku_key: __, sku: ___, position: ____, ...figure }) => ({
          warehouseId: warehouse_id,
          ...figure,
        })),
      ]),
    );
  };
  const read = (subscriber: Subscriber, limit: number) => readChanges(databases.reader, testAccount, subscriber.place, limit);
  /** While tables are gone nobody is answered, and asks again later. */
  const unlessGone = async (reading: () => Promise<unknown>): Promise<void> => {
    await reading().catch((error: { readonly code?: unknown }) => {
      if (error.code !== '42P01') throw error;
    });
  };
  const readToTheEnd = async (subscriber: Subscriber, limit: number): Promise<void> => {
    while (subscriber.take(await read(subscriber, limit)));
  };

  const anyTrouble = fc.constantFrom('none', 'read', 'rebuild', 'drop');
  const anySteps = fc.array(fc.tuple(fc.array(anyEvent, { minLength: 1, maxLength: 12 }), anyTrouble), { minLength: 3, maxLength: 8 });
  const during: Readonly<Record<string, (subscriber: Subscriber) => Promise<unknown>>> = {
    none: async () => undefined,
    read: (subscriber) => unlessGone(async () => subscriber.take(await read(subscriber, 1))),
    rebuild: async (subscriber) => {
      // A view whose tables were dropped this moment cannot be rebuilt beside itself.
      await Promise.all([runner.rebuild('level-changes').catch(() => undefined), unlessGone(() => readToTheEnd(subscriber, 2))]);
    },
    drop: () => databases.owner.query(sql('drop table if exists stock_views.stock_level_changes_v1, stock_views.stock_levels_v1')),
  };

  it('from the beginning ends with the levels, without a gap or a repeat, whenever they read and whatever is rebuilt meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(anySteps, async (steps) => {
        await begin();
        const [early, late] = [new Subscriber(), new Subscriber()];
        try {
          await append([described(['north', 'south']), enabled()]);
          for (const [events, trouble] of steps) {
            await append(events);
            await during[trouble]?.(early);
          }
        } finally {
          await runner.stop();
        }
        // What was dropped is filled again from the log.
        run();
        try {
          await runner.idle();
          await readToTheEnd(early, 2);
          await readToTheEnd(late, 1);
          const now = await levels();
          expect([early.figures, late.figures, early.sequences]).toEqual([now, now, late.sequences]);
        } finally {
          await runner.stop();
        }
      }),
      { numRuns: 8 },
    );
  });

  it('is told several changes of a SKU as one, and no more SKUs than asked for', async () => {
    await begin();
    await append([
      ...Array.from({ length: 5 }, () => adjusted('tea', 'north', 1)),
      adjusted('cup', 'south', 2),
      adjusted('tea', 'south', 1),
      adjusted('pot', 'west', 1),
    ]);
    await runner.idle();
    const subscriber = new Subscriber();
    const first = await read(subscriber, 2);
    expect(
      first.changes.map(({ sku, previousSequence, sequence, figures }) => [
        sku,
        previousSequence,
        sequence,
        figures.map((each) => each.total),
      ]),
    ).toEqual([
      ['cup', 0, 1, [2]],
      ['tea', 0, 6, expect.arrayContaining([5, 1])],
    ]);
    subscriber.take(first);
    expect((await read(subscriber, 2)).changes.map(({ sku, sequence }) => [sku, sequence])).toEqual([['pot', 1]]);
    await runner.stop();
  });

  it('goes on amid the SKUs that one change of membership touched', async () => {
    await begin();
    await append([...['tea', 'cup', 'pot'].map((sku) => adjusted(sku, 'north', 1)), described(['north', 'south']), enabled()]);
    await runner.idle();
    const subscriber = new Subscriber();
    await readToTheEnd(subscriber, 1);
    expect([...subscriber.sequences.values()]).toEqual([2, 2, 2]);
    expect(subscriber.figures).toEqual(await levels());
    expect([...subscriber.figures.values()].every((figures) => figures.some(({ warehouseId }) => warehouseId === warehouses.both))).toBe(
      true,
    );
    await runner.stop();
  });
});
