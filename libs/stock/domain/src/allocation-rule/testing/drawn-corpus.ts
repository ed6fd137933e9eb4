import type { AllocationRule, Candidate, Outcome, SeenItem, Wanted, WantedLine } from '../allocation-rule';

/** A decision as a corpus keeps it. */
export type Recorded = { readonly wanted: Wanted; readonly seen: readonly SeenItem[]; readonly outcome: Outcome };

const drawn = 80;
const skus = ['tea', 'rum', 'gin'];
const when = '2026-01-10T12:00:00.000Z';

/** Numbers that look like chance and are the same for ever: a generator of a library may draw otherwise in its next version. */
const drawing = (seed: number) => {
  let state = seed;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  return { below, chance: (of: number): boolean => below(of) === 0 };
};
type Drawing = ReturnType<typeof drawing>;

const candidatesFrom = ({ below, chance }: Drawing, most: number): readonly Candidate[] =>
  Array.from({ length: 1 + below(most) }, (_, index) => ({
    warehouseId: `W${index}`,
    code: `code-${index}`,
    priority: 1 + below(3),
    checked: !chance(10),
  }));

const linesFrom = ({ below, chance }: Drawing): readonly WantedLine[] =>
  Array.from({ length: 1 + below(4) }, (_, index) => ({
    lineId: `${index + 1}`,
    sku: skus[below(skus.length)] ?? '',
    quantity: 1 + below(4),
    ...(chance(5) ? { candidates: chance(2) ? ['W0'] : ['W0', 'W1'] } : {}),
  }));

const worldFrom = (chance: Drawing, number: number): Omit<Recorded, 'outcome'> => {
  // Every eighth has more warehouses than are tried in all sets.
  const candidates = candidatesFrom(chance, number % 8 === 0 ? 14 : 4);
  const wanted: Wanted = {
    kind: chance.chance(4) ? 'hold' : 'allocate',
    orderNumber: `${number}`,
    orderDate: when,
    arrivedAt: when,
    lines: linesFrom(chance),
    candidates,
    settings: {
      allowSplitting: !chance.chance(3),
      maximumShipments: chance.chance(2) ? 1 + chance.below(3) : null,
      allowLineSplit: chance.chance(2),
      partial: chance.chance(2),
    },
    holdAttempt: null,
  };
  const seen = skus.map((sku) => ({ sku, revision: 1 + chance.below(99), free: candidates.map(() => chance.below(8) - 2) }));
  return { wanted, seen };
};

/** Decisions of a rule about worlds that are drawn alike every time: made anew, they are the same bytes or the rule is another. */
export const drawnCorpus = (rule: AllocationRule): readonly Recorded[] => {
  const chance = drawing(20_260_110);
  return Array.from({ length: drawn }, (_, number) => worldFrom(chance, number)).map(({ wanted, seen }) => ({
    wanted,
    seen,
    outcome: rule(wanted, seen),
  }));
};

/** As a file keeps it: a decision a line. */
export const corpusText = (corpus: readonly Recorded[]): string => `[\n${corpus.map((each) => JSON.stringify(each)).join(',\n')}\n]\n`;
