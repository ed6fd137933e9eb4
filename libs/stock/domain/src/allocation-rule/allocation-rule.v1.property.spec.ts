import fc from 'fast-check';
import type { AllocationRule, Outcome, SeenItem, Wanted, WantedLine } from './allocation-rule';
import { allocationRuleV1 } from './allocation-rule.v1';
import { anyWorld, type World } from './testing/any-world';
import { largeOrder } from './testing/large-order';

describe('any decision', () => {
  it('takes no more of a SKU than a warehouse whose stock is checked has free', () => takesWhatIsFree(allocationRuleV1));

  it('would take more than is free, if each line were served alone: the sum per SKU counts', () =>
    expect(() => takesWhatIsFree(lineByLine)).toThrow(/Property failed/));

  it('gives a line no more than it wants, and misses exactly the rest', () =>
    holds(({ wanted }, { choices, missing }) => {
      for (const { lineId, sku, quantity } of wanted.lines) {
        const given = sum(choices.filter((each) => each.lineId === lineId && each.sku === sku));
        expect(given + sum(missing.filter((each) => each.lineId === lineId))).toBe(quantity);
      }
      expect([...choices, ...missing].filter(({ quantity }) => quantity <= 0)).toEqual([]);
    }));

  it('takes from the warehouses that a line names, and only from candidates', () =>
    holds(({ wanted }, { choices }) => {
      for (const { lineId, warehouseId } of choices)
        expect(
          wanted.lines.find((line) => line.lineId === lineId)?.candidates ?? wanted.candidates.map((each) => each.warehouseId),
        ).toContain(warehouseId);
    }));

  it('is all or nothing, unless what there is may go', () =>
    holds(({ wanted }, { choices, missing }) => {
      if (!wanted.settings.partial && wanted.kind === 'allocate') expect(choices.length === 0 || missing.length === 0).toBe(true);
    }));

  it('keeps to the settings', () =>
    holds(({ wanted: { settings } }, { choices }) => {
      const warehouses = new Set(choices.map((each) => each.warehouseId)).size;
      expect(warehouses).toBeLessThanOrEqual(settings.allowSplitting ? (settings.maximumShipments ?? Number.MAX_SAFE_INTEGER) : 1);
      if (!settings.allowLineSplit) expect(new Set(choices.map((each) => each.lineId)).size).toBe(choices.length);
    }));

  it('says of each candidate truly whether it was taken', () =>
    holds(({ wanted }, { choices, reasons }) =>
      expect(reasons.map((reason) => reason === 'taken')).toEqual(
        wanted.candidates.map(({ warehouseId }) => choices.some((each) => each.warehouseId === warehouseId)),
      ),
    ));

  it('does not depend on the order in which candidates are named', () => {
    fc.assert(
      fc.property(anyWorld, fc.nat(), (world, seed) => {
        const shuffled = permuted(world, seed);
        const [one, other] = [allocationRuleV1(world.wanted, world.seen), allocationRuleV1(shuffled.wanted, shuffled.seen)];
        expect({ ...other, reasons: null }).toEqual({ ...one, reasons: null });
        const reasonOf = ({ wanted }: World, { reasons }: Outcome) =>
          new Map(wanted.candidates.map(({ warehouseId }, index) => [warehouseId, reasons[index]]));
        expect(reasonOf(shuffled, other)).toEqual(reasonOf(world, one));
      }),
    );
  });

  it('is whole whenever the warehouses that it may use could serve it, and then in the fewest shipments', () => {
    fc.assert(
      fc.property(anyWorld, ({ wanted, seen }) => {
        const most = wanted.settings.allowSplitting ? (wanted.settings.maximumShipments ?? wanted.candidates.length) : 1;
        const fewest = fewestByTrying(wanted, seen, most);
        const { choices, missing } = allocationRuleV1(wanted, seen);
        expect(missing.length === 0 ? new Set(choices.map((each) => each.warehouseId)).size : null).toBe(fewest);
      }),
      { numRuns: 150 },
    );
  });
});

describe('a large order', () => {
  const lines = 2_000;
  const limitMs = 4_000;

  it.each([
    ['that one warehouse covers', (line: number, candidate: number) => (candidate === 9 ? 5 : line % 3)],
    ['that nobody covers', (line: number, candidate: number) => ((line + candidate) % 10 === 0 ? 4 : 1)],
    ['that takes all candidates', (line: number, candidate: number) => (line % 10 === candidate ? 5 : 0)],
  ])('%s is decided in time', (_, free) => {
    for (const candidates of [8, 10]) {
      const { wanted, seen } = largeOrder(lines, candidates, free);
      const begin = performance.now();
      allocationRuleV1(wanted, seen);
      expect(performance.now() - begin).toBeLessThan(limitMs);
    }
  });

  it('of one SKU in many lines is decided in time', () => {
    const { wanted } = largeOrder(lines, 8, () => 0);
    const begin = performance.now();
    allocationRuleV1({ ...wanted, lines: wanted.lines.map((line, index) => ({ ...line, sku: 'tea', quantity: 2 + (index % 3) })) }, [
      { sku: 'tea', revision: 1, free: Array.from({ length: 8 }, () => 751) },
    ]);
    expect(performance.now() - begin).toBeLessThan(limitMs);
  });
});

/** Tries every way to give each line whole units to the warehouses: only for worlds as small as these. */
const fewestByTrying = (wanted: Wanted, seen: readonly SeenItem[], most: number): number | null => {
  const free = freeOf(wanted, seen);
  let best: number | null = null;
  const place = (index: number, rest: number, used: ReadonlySet<string>): void => {
    if (used.size > most || used.size >= (best ?? Number.MAX_SAFE_INTEGER)) return;
    const line = wanted.lines[index];
    if (!line) best = used.size;
    else if (rest === 0) place(index + 1, wanted.lines[index + 1]?.quantity ?? 0, used);
    else
      for (const each of wanted.candidates)
        takeFrom(each.warehouseId, line, { rest, go: (left) => place(index, left, new Set([...used, each.warehouseId])) });
  };
  const takeFrom = (
    warehouseId: string,
    line: WantedLine,
    { rest, go }: { readonly rest: number; readonly go: (left: number) => void },
  ): void => {
    const key = `${warehouseId} ${line.sku}`;
    const part = wanted.settings.allowLineSplit ? 1 : rest;
    const there = free.get(key) ?? 0;
    if (there < part || line.candidates?.includes(warehouseId) === false) return;
    free.set(key, there - part);
    go(rest - part);
    free.set(key, there);
  };
  place(0, wanted.lines[0]?.quantity ?? 0, new Set());
  return best;
};

const freeOf = (wanted: Wanted, seen: readonly SeenItem[]): Map<string, number> =>
  new Map(
    seen.flatMap(({ sku, free }) =>
      wanted.candidates.map(
        ({ warehouseId, checked }, index) => [`${warehouseId} ${sku}`, checked ? Math.max(0, free[index] ?? 0) : 1_000] as const,
      ),
    ),
  );

const sum = (units: readonly { readonly quantity: number }[]): number => units.reduce((total, { quantity }) => total + quantity, 0);

const holds = (check: (world: World, outcome: Outcome) => void): void =>
  fc.assert(fc.property(anyWorld, (world) => check(world, allocationRuleV1(world.wanted, world.seen))));

const takesWhatIsFree = (rule: AllocationRule): void =>
  fc.assert(
    fc.property(anyWorld, ({ wanted, seen }) => {
      const { choices } = rule(wanted, seen);
      wanted.candidates.forEach(({ warehouseId, checked }, index) => {
        for (const { sku, free } of seen)
          expect(sum(choices.filter((each) => each.warehouseId === warehouseId && each.sku === sku))).toBeLessThanOrEqual(
            checked ? Math.max(0, free[index] ?? 0) : Number.MAX_SAFE_INTEGER,
          );
      });
    }),
  );

/** Serves each line as if it were the only one of its order. */
const lineByLine: AllocationRule = (wanted, seen) => ({
  ...allocationRuleV1(wanted, seen),
  choices: wanted.lines.flatMap((line) => allocationRuleV1({ ...wanted, lines: [line] }, seen).choices),
});

const permuted = ({ wanted, seen }: World, seed: number): World => {
  const places = wanted.candidates.map((_, index) => index).sort((a, b) => (((a + 1) * (seed + 7)) % 11) - (((b + 1) * (seed + 7)) % 11));
  return {
    wanted: { ...wanted, candidates: places.flatMap((index) => wanted.candidates[index] ?? []) },
    seen: seen.map((item) => ({ ...item, free: places.map((index) => item.free[index] ?? 0) })),
  };
};
