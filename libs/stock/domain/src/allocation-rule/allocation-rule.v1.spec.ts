import type { AllocationSettings, Candidate, Outcome, SeenItem, Wanted, WantedLine } from './allocation-rule';
import { allocationRuleV1 } from './allocation-rule.v1';
import { currentRuleVersion, replay } from './rule-versions';

/** One small world: what is free where, what is wanted under which settings, and what must come of it. */
type World = {
  readonly story: string;
  readonly free: Readonly<Record<string, readonly number[]>>;
  readonly lines: readonly WantedLine[];
  readonly candidates?: readonly Candidate[];
  readonly settings?: Partial<AllocationSettings>;
  readonly kind?: 'hold';
  readonly takes: readonly string[];
  readonly missing?: readonly string[];
  readonly reasons?: Outcome['reasons'];
};

const both = [line('1', 'tea', 5), line('2', 'rum', 5)];

const worlds: readonly World[] = [
  {
    story: 'one warehouse covers',
    free: { tea: [5, 0] },
    lines: [line('1', 'tea', 5)],
    takes: ['1 tea A 5'],
    reasons: ['taken', 'not-needed'],
  },
  {
    story: 'covering alone goes before priority',
    free: { tea: [4, 5] },
    lines: [line('1', 'tea', 5)],
    takes: ['1 tea B 5'],
    reasons: ['not-needed', 'taken'],
  },
  {
    story: 'of those that cover alone, priority decides',
    free: { tea: [9, 5] },
    candidates: [{ ...at('A'), priority: 2 }, at('B')],
    lines: [line('1', 'tea', 5)],
    takes: ['1 tea B 5'],
    reasons: ['covers-alone-but-later', 'taken'],
  },
  { story: 'of equal priority, spare stock decides', free: { tea: [6, 9] }, lines: [line('1', 'tea', 5)], takes: ['1 tea B 5'] },
  {
    story: 'of equal spare stock, the code decides',
    free: { tea: [6, 6] },
    candidates: [{ ...at('A'), code: 'Z' }, at('B')],
    lines: [line('1', 'tea', 5)],
    takes: ['1 tea B 5'],
  },
  {
    story: 'the fewest shipments go before priority',
    free: { tea: [2, 4, 0], rum: [1, 1, 3] },
    candidates: [at('A'), { ...at('B'), priority: 2 }, { ...at('C'), priority: 3 }],
    lines: [line('1', 'tea', 4), line('2', 'rum', 3)],
    takes: ['1 tea B 4', '2 rum C 3'],
    reasons: ['not-needed', 'taken', 'taken'],
  },
  {
    story: 'splitting is not allowed',
    free: { tea: [5, 0], rum: [0, 5] },
    lines: both,
    settings: { allowSplitting: false },
    takes: [],
    missing: ['1 tea 5', '2 rum 5'],
    reasons: ['splitting-not-allowed', 'splitting-not-allowed'],
  },
  {
    story: 'more shipments than the maximum',
    free: { tea: [5, 0, 0], rum: [0, 5, 0], gin: [0, 0, 5] },
    candidates: [at('A'), at('B'), at('C')],
    lines: [...both, line('3', 'gin', 5)],
    settings: { maximumShipments: 2 },
    takes: [],
    missing: ['1 tea 5', '2 rum 5', '3 gin 5'],
    reasons: ['too-many-shipments', 'too-many-shipments', 'too-many-shipments'],
  },
  {
    story: 'not even all together',
    free: { tea: [3, 0], rum: [0, 5] },
    lines: both,
    settings: { allowSplitting: false },
    takes: [],
    missing: ['1 tea 5', '2 rum 5'],
    reasons: ['not-enough', 'not-enough'],
  },
  {
    story: 'the only one has too little',
    free: { tea: [3] },
    candidates: [at('A')],
    lines: [line('1', 'tea', 5)],
    takes: [],
    missing: ['1 tea 5'],
    reasons: ['not-enough'],
  },
  { story: 'a line may not be cut', free: { tea: [3, 3] }, lines: [line('1', 'tea', 5)], takes: [], missing: ['1 tea 5'] },
  {
    story: 'a line may be cut',
    free: { tea: [3, 3] },
    lines: [line('1', 'tea', 5)],
    settings: { allowLineSplit: true },
    takes: ['1 tea A 3', '1 tea B 2'],
  },
  {
    story: 'two lines of one SKU are checked by their sum',
    free: { tea: [5, 0] },
    lines: [line('1', 'tea', 3), line('2', 'tea', 3)],
    takes: [],
    missing: ['1 tea 3', '2 tea 3'],
  },
  {
    story: 'in any spelling',
    free: { tea: [5, 0], TEA: [5, 0] },
    lines: [line('1', 'tea', 3), line('2', 'TEA', 3)],
    takes: [],
    missing: ['1 tea 3', '2 TEA 3'],
  },
  {
    story: 'lines of one SKU are packed, not only first fit',
    free: { tea: [5, 4] },
    lines: [line('1', 'tea', 4), line('2', 'tea', 3), line('3', 'tea', 2)],
    takes: ['1 tea B 4', '2 tea A 3', '3 tea A 2'],
  },
  {
    story: 'however they spell it',
    free: { tea: [5, 4] },
    lines: [line('1', 'tea', 4), line('2', 'TEA', 3), line('3', 'Tea', 2)],
    takes: ['1 tea B 4', '2 TEA A 3', '3 Tea A 2'],
  },
  {
    story: 'a line that names its warehouse comes from there',
    free: { tea: [9, 9] },
    lines: [line('1', 'tea', 5, ['B'])],
    takes: ['1 tea B 5'],
    reasons: ['not-needed', 'taken'],
  },
  {
    story: 'and never falls back',
    free: { tea: [9, 1] },
    lines: [line('1', 'tea', 5, ['B'])],
    takes: [],
    missing: ['1 tea 5'],
    reasons: ['not-named', 'not-enough'],
  },
  {
    story: 'a line that may be cut leaves to others what only they may take',
    free: { tea: [5, 5] },
    lines: [line('1', 'tea', 5), line('2', 'tea', 5, ['A'])],
    settings: { allowLineSplit: true },
    takes: ['1 tea B 5', '2 tea A 5'],
  },
  {
    story: 'what there is may go',
    free: { tea: [3, 0], rum: [0, 0] },
    lines: both,
    settings: { partial: true },
    takes: ['1 tea A 3'],
    missing: ['1 tea 2', '2 rum 5'],
    reasons: ['taken', 'not-enough'],
  },
  {
    story: 'a hold keeps what there is',
    free: { tea: [3, 0] },
    lines: [line('1', 'tea', 5)],
    kind: 'hold',
    takes: ['1 tea A 3'],
    missing: ['1 tea 2'],
  },
  {
    story: 'a warehouse that manages its back-orders is not looked at',
    free: { tea: [0, 0] },
    candidates: [at('A'), { ...at('B'), checked: false }],
    lines: [line('1', 'tea', 5)],
    takes: ['1 tea B 5'],
    reasons: ['not-needed', 'taken'],
  },
  {
    story: 'nowhere to look',
    free: { tea: [] },
    candidates: [],
    lines: [line('1', 'tea', 5)],
    takes: [],
    missing: ['1 tea 5'],
    reasons: [],
  },
  { story: 'less than nothing is nothing', free: { tea: [-4, 5] }, lines: [line('1', 'tea', 5)], takes: ['1 tea B 5'] },
];

describe('version 1 of the allocation rule', () => {
  it.each(worlds.map((world) => [world.story, world] as const))('%s', (_, world) => {
    const { wanted, seen } = inputOf(world);
    const { choices, missing, reasons, search } = rule(wanted, seen);
    expect(choices.map(({ lineId, sku, warehouseId, quantity }) => `${lineId} ${sku} ${warehouseId} ${quantity}`)).toEqual(world.takes);
    expect(missing.map(({ lineId, sku, quantity }) => `${lineId} ${sku} ${quantity}`)).toEqual(world.missing ?? []);
    if (world.reasons) expect(reasons).toEqual(world.reasons);
    expect(JSON.stringify(replay(wanted, { ruleVersion: currentRuleVersion, seen, missing, reasons, search }))).toBe(
      JSON.stringify({ choices, missing, reasons, search }),
    );
  });

  it('is not taken again by a version that nobody knows', () => {
    const { wanted, seen } = inputOf({ story: '', free: { tea: [5] }, lines: both, takes: [] });
    expect(replay(wanted, { ruleVersion: 0, seen, missing: [], reasons: [], search: 'exact' })).toBeNull();
  });
});

const rule = allocationRuleV1;
function at(warehouseId: string): Candidate {
  return { warehouseId, code: warehouseId, priority: 1, checked: true };
}
function line(lineId: string, sku: string, quantity: number, candidates?: readonly string[]): WantedLine {
  return { lineId, sku, quantity, ...(candidates ? { candidates } : {}) };
}
function inputOf({
  free,
  lines,
  candidates = [at('A'), at('B')],
  settings,
  kind = 'allocate' as const,
}: Omit<World, 'kind'> & { readonly kind?: 'hold' | 'allocate' }): { readonly wanted: Wanted; readonly seen: readonly SeenItem[] } {
  const when = '2026-01-10T12:00:00.000Z';
  const all = { allowSplitting: true, maximumShipments: null, allowLineSplit: false, partial: false, ...settings };
  return {
    wanted: { kind, orderNumber: '1', orderDate: when, arrivedAt: when, lines, candidates, settings: all, holdAttempt: null },
    seen: Object.entries(free).map(([sku, quantities]) => ({ sku, revision: 1, free: quantities })),
  };
}
