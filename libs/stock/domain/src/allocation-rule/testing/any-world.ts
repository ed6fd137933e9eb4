import fc from 'fast-check';
import type { Candidate, SeenItem, Wanted, WantedLine } from '../allocation-rule';

/** All that a decision depends on. */
export type World = { readonly wanted: Wanted; readonly seen: readonly SeenItem[] };

const skus = ['tea', 'rum', 'gin'];
const warehouses = ['A', 'B', 'C', 'D'];
const when = '2026-01-10T12:00:00.000Z';

const anyCandidates = fc.subarray(warehouses).chain((ids) =>
  fc.tuple(
    ...ids.map((warehouseId) =>
      fc.record({
        warehouseId: fc.constant(warehouseId),
        code: fc.constant(`code-${warehouseId}`),
        priority: fc.integer({ min: 1, max: 3 }),
        checked: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
      }),
    ),
  ),
) as fc.Arbitrary<Candidate[]>;

/** Lines that name warehouses name one, or a set that contains what other lines name: `A`, or `A` and `B`. */
const anyNamed = fc.constantFrom<readonly string[] | null>(null, null, null, ['A'], ['A', 'B']);

const anyLines: fc.Arbitrary<readonly WantedLine[]> = fc
  .array(fc.record({ sku: fc.constantFrom(...skus), quantity: fc.integer({ min: 1, max: 4 }), named: anyNamed }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((lines) =>
    lines.map(({ sku, quantity, named }, index) => ({ lineId: `${index + 1}`, sku, quantity, ...(named ? { candidates: named } : {}) })),
  );

const anySettings = fc.record({
  allowSplitting: fc.boolean(),
  maximumShipments: fc.option(fc.integer({ min: 1, max: 3 })),
  allowLineSplit: fc.boolean(),
  partial: fc.boolean(),
});

const anySeen = (candidates: number): fc.Arbitrary<readonly SeenItem[]> =>
  fc.tuple(
    ...skus.map((sku) =>
      fc.record({
        sku: fc.constant(sku),
        revision: fc.integer({ min: 1, max: 99 }),
        free: fc.array(fc.integer({ min: -2, max: 6 }), { minLength: candidates, maxLength: candidates }),
      }),
    ),
  );

/** Orders, warehouses and stock of a size at which every way to serve the order can be tried. */
export const anyWorld: fc.Arbitrary<World> = fc
  .record({
    candidates: anyCandidates,
    lines: anyLines,
    settings: anySettings,
    kind: fc.constantFrom('allocate' as const, 'hold' as const),
  })
  .chain(({ candidates, ...rest }) =>
    anySeen(candidates.length).map((seen) => ({
      seen,
      wanted: { ...rest, candidates, orderNumber: '1', orderDate: when, arrivedAt: when, holdAttempt: null },
    })),
  );
