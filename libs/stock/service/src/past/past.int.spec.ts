import type { RecordedEvent } from '@stockproof/event-store';
import type { Projection } from '@stockproof/projections';
import { projectionTest, testAccount as accountId } from '@stockproof/projections/testing';
import type { TenantReader } from '@stockproof/sql';
import { plusMs, type Instant } from '@stockproof/vocabulary';
import fc from 'fast-check';
import { allocationsProjection } from '../views/allocations/allocations.projection';
import { stockLevelsProjection } from '../views/stock-levels/stock-levels.projection';
import { readLevels, type StockLevelRow } from '../views/stock-levels/stock-levels.query';
import { stockMovementsProjection } from '../views/stock-movements/stock-movements.projection';
import { stockPromisesProjection } from '../views/stock-promises/stock-promises.projection';
import { readPromises, type PromisePlace, type StockPromiseRow } from '../views/stock-promises/stock-promises.query';
import { countedBy, pastMoments, type AskedMoments, type Moments } from './moments';
import { readPastLevels } from './past-levels.query';
import { anySteps, historyOf, physical, skus } from './testing/any-history';
import { naivePast, type NaiveFigures } from './testing/naive-past';

jest.setTimeout(240_000);

const parts = [stockLevelsProjection, stockMovementsProjection, stockPromisesProjection, allocationsProjection];

/** All views that a question about the past reads, as one. */
const together: Projection = {
  name: 'past',
  version: 1,
  ddl: parts.map(({ ddl }) => ddl).join('\n'),
  handles: [...new Set(parts.flatMap(({ handles }) => handles))],
  project: (events) =>
    parts.flatMap(({ handles, project }) => {
      const heard = events.filter(({ type }) => handles.includes(type));
      return heard.length === 0 ? [] : project(heard);
    }),
};

const view = projectionTest(together);
const reader: TenantReader = { readAs: (tenant, statement) => view.readAs(statement, tenant) as never };
const everything = { skus: null, warehouseId: null, kind: null };

const momentsOf = (log: readonly RecordedEvent[], asked: AskedMoments): Promise<Moments> =>
  pastMoments({
    reader,
    clock: { now: () => plusMs(log.at(-1)?.recordedAt ?? '2026-01-01T00:00:00.000Z', 60_000) },
    views: { waitFor: async () => true, positionOf: async () => '' },
    store: {
      head: async () => ({ position: log.at(-1)?.position ?? '', eventId: null }),
      eventAt: async (position: string) => log.find((event) => event.position === position) ?? null,
    } as never,
  }).resolve(accountId, asked, ['stock-movements']);

const shown = (rows: readonly StockLevelRow[]): Readonly<Record<string, NaiveFigures>> =>
  Object.fromEntries(
    rows.map(({ sku_key, warehouse_id, total, unsellable, allocated, held, incoming, available, publishable, position }) => [
      `${sku_key} ${warehouse_id}`,
      { total, unsellable, allocated, held, incoming, available, publishable, position },
    ]),
  );

/** Page after page, small ones. */
const pastLevels = async (moments: Moments, limit = 3): Promise<Readonly<Record<string, NaiveFigures>>> => {
  const all: StockLevelRow[] = [];
  for (;;) {
    const last = all.at(-1);
    const after = last ? { skuKey: last.sku_key, warehouseId: last.warehouse_id } : null;
    const rows = await readPastLevels(reader, { accountId, counted: countedBy(moments) }, everything, { after, limit });
    all.push(...rows.slice(0, limit));
    if (rows.length <= limit) return shown(all);
  }
};

const promisesOf = async (moments: Moments, sku: string, limit = 2): Promise<readonly StockPromiseRow[]> => {
  const all: StockPromiseRow[] = [];
  for (;;) {
    const last = all.at(-1);
    const after: PromisePlace | null = last ? { warehouseId: last.warehouse_id, allocationId: last.allocation_id, kind: last.kind } : null;
    const rows = await readPromises(reader, { accountId, moments }, { sku, warehouseId: null }, { after, limit });
    all.push(...rows.slice(0, limit));
    if (rows.length <= limit) return all;
  }
};

const position = (event: RecordedEvent | undefined): string => `stock:${event?.position ?? ''}`;

/** Who has what, added up as the figures have it. */
const addsUp = async (moments: Moments, levels: ReadonlyMap<string, NaiveFigures>): Promise<void> => {
  for (const sku of skus) {
    const rows = await promisesOf(moments, sku);
    const promised = (warehouseId: string, kind: string): number =>
      rows.filter((row) => row.warehouse_id === warehouseId && row.kind === kind).reduce((sum, { quantity }) => sum + quantity, 0);
    for (const warehouseId of physical) {
      const { allocated, held } = levels.get(`${sku.toLowerCase()} ${warehouseId}`) ?? { allocated: 0, held: 0 };
      expect([sku, promised(warehouseId, 'allocated'), promised(warehouseId, 'held')]).toEqual([sku, allocated, held]);
    }
  }
};

/** Everything recorded up to a place, and happened by a moment. */
type Expected = { readonly knownUntil: string; readonly happenedBy: Instant };

const forEver: Instant = '9999';

/** Questions about a history, and what must be counted for each. */
const questions = (log: readonly RecordedEvent[], [a, b, kind]: readonly [number, number, number]): readonly [AskedMoments, Expected][] => {
  const [one, other, last] = [log[a % log.length], log[b % log.length], log.at(-1)];
  if (!one || !other || !last) return [];
  const at = plusMs(one.recordedAt, [0, -1, 1, -3_600_000][kind] ?? 0);
  const knownUntil = log.findLast(({ recordedAt }) => recordedAt <= other.recordedAt)?.position ?? '';
  return [
    [
      { asOf: position(one), knownAt: position(one) },
      { knownUntil: one.position, happenedBy: forEver },
    ],
    [
      { asOf: position(one), knownAt: position(other) },
      { knownUntil: other.position, happenedBy: one.recordedAt },
    ],
    [{ asOf: at }, { knownUntil: last.position, happenedBy: at }],
    [
      { asOf: at, knownAt: other.recordedAt },
      { knownUntil, happenedBy: at },
    ],
    [{ knownAt: other.recordedAt }, { knownUntil, happenedBy: forEver }],
  ];
};

const anyPairs = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(3)), { minLength: 8, maxLength: 8 });

describe('any history with facts that come late, reports in flight and members that change', () => {
  it('is answered as it was at every place, and at every pair of moments as all events counted one by one', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(anySteps({ min: 20, max: 60 }), anyPairs, async (steps, pairs) => {
        const log = await view.given(historyOf(steps));
        // The naive sum is what the live read shows: so what it says of a place is what the live read showed there.
        const live = shown(await readLevels(reader, accountId, everything, { after: null, limit: 1_000 }));
        expect(live).toEqual(Object.fromEntries(naivePast(log, log.at(-1)?.position ?? '', forEver)));
        for (const [asked, { knownUntil, happenedBy }] of pairs.flatMap((pair) => questions(log, pair))) {
          const moments = await momentsOf(log, asked);
          const expected = naivePast(log, knownUntil, happenedBy);
          expect([asked, await pastLevels(moments)]).toEqual([asked, Object.fromEntries(expected)]);
          await addsUp(moments, expected);
          compared += 1;
        }
      }),
      { numRuns: 8, endOnFailure: true },
    );
    expect(compared).toBeGreaterThan(300);
  });
});
