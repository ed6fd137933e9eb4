import type { SeenItem, Wanted } from './allocation-rule';
import { decideKeepingHold } from './keeping-holds';
import { decideByCurrentRule } from './rule-versions';

const when = '2026-01-10T12:00:00.000Z';
const [north, south] = [
  { warehouseId: 'NORTH', code: 'NORTH', priority: 1, checked: true },
  { warehouseId: 'SOUTH', code: 'SOUTH', priority: 2, checked: true },
];
const wanted: Wanted = {
  ...{ kind: 'allocate', orderNumber: '1', orderDate: when, arrivedAt: when, holdAttempt: 1, candidates: [north, south] },
  lines: [{ lineId: '1', sku: 'TEA', quantity: 3 }],
  settings: { allowSplitting: true, maximumShipments: null, allowLineSplit: true, partial: false },
};
const seen = (...free: readonly number[]): readonly SeenItem[] => [{ sku: 'TEA', revision: 7, free }];
const keeps = (at: Readonly<Record<string, number>>) => (_: string, warehouseId: string) => at[warehouseId] ?? 0;
const decide = (more: Partial<Wanted>, free: readonly number[], at: Readonly<Record<string, number>>) => {
  const decided = decideKeepingHold(decideByCurrentRule, { ...wanted, ...more }, seen(...free), keeps(at));
  return { free: decided.seen[0]?.free, from: decided.outcome.choices.map(({ warehouseId, quantity }) => [warehouseId, quantity]) };
};

describe('an order that takes over a hold', () => {
  it('goes from where it is kept, though another warehouse comes first and has enough', () => {
    expect(decide({}, [10, 50], { SOUTH: 3 })).toEqual({ free: [0, 3], from: [['SOUTH', 3]] });
    const split = [
      ['NORTH', 1],
      ['SOUTH', 2],
    ];
    expect(decide({}, [10, 50], { NORTH: 1, SOUTH: 2 })).toEqual({ free: [1, 2], from: split });
  });

  it.each<[string, Partial<Wanted>, readonly number[], Readonly<Record<string, number>>]>([
    ['only a part of it is kept', {}, [10, 50], { SOUTH: 2 }],
    ['what is kept is not covered any more', {}, [10, 2], { SOUTH: 3 }],
    ['it may not be split any more', { settings: { ...wanted.settings, allowSplitting: false } }, [10, 50], { NORTH: 1, SOUTH: 2 }],
    ['it is kept where it may not be served from any more', { candidates: [north] }, [10], { SOUTH: 3 }],
    ['it takes over none', { holdAttempt: null }, [10, 50], { SOUTH: 3 }],
  ])('goes from where the rule says, where %s', (_, more, free, at) => {
    expect(decide(more, free, at)).toEqual({ free, from: [['NORTH', 3]] });
  });

  it('goes from a warehouse whose stock is not looked at as it is kept there, or as the rule says', () => {
    const candidates = [{ ...north, checked: false }, south];
    expect(decide({ candidates }, [0, 50], { SOUTH: 3 })).toEqual({ free: [0, 50], from: [['NORTH', 3]] });
    const later = [{ ...north, priority: 3, checked: false }, south];
    expect(decide({ candidates: later }, [-5, 50], { NORTH: 3 })).toEqual({ free: [3, 0], from: [['NORTH', 3]] });
  });
});
