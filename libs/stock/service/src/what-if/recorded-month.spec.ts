import type { RecordedEvent } from '@stockproof/event-store';
import type { DecisionRecord, RuleChanges } from '@stockproof/stock-domain';
import { decidedAgain, decisionsIn, notReplayed, unevenLevels } from './testing/month-again';
import { recordedMonth, type Month } from './testing/recorded-month';

/** Each changes a month of this kind visibly. */
const otherSettings: readonly (readonly [what: string, changes: RuleChanges])[] = [
  ['no splitting', { settings: { allowSplitting: false } }],
  ['parts that go ahead', { settings: { partial: true } }],
  ['all or nothing', { settings: { partial: false } }],
  ['one warehouse less', { warehouses: [{ warehouseId: 'warehouse-north', leftOut: true }] }],
  ['another priority', { warehouses: [{ warehouseId: 'warehouse-west', priority: 0 }] }],
  ['back-orders managed by a warehouse', { warehouses: [{ warehouseId: 'warehouse-west', checked: false, priority: 0 }] }],
];

/**
 * Small, and other ones than the large month of the integration test. In the last one units that a withdrawal, a lost hold or a short
 * close frees come so that it matters when they are free, and who is tried first.
 */
describe.each([
  [1, false, 300],
  [2, false, 300],
  [3, true, 900],
  [23, false, 900],
])('a short recorded month from seed %i, strict order: %s, of %i orders', (seed, strict, orders) => {
  let month: Month;
  let events: readonly RecordedEvent[];
  beforeAll(async () => {
    month = await recordedMonth(orders, { seed, strict });
    events = await month.events();
  });

  it('is the same month whenever it is made', async () => {
    const again = await (await recordedMonth(orders, { seed, strict })).events();
    const told = (all: readonly RecordedEvent[]) =>
      JSON.stringify(all.map(({ type, data, revision, position }) => [type, data, revision, position]));
    expect(told(again) === told(events)).toBe(true);
  });

  it('is replayed to the same bytes; a record that says otherwise is found', () => {
    const decisions = decisionsIn(events);
    expect(notReplayed(decisions)).toEqual([]);
    const [first, ...others] = decisions;
    if (!first) throw new Error('Nothing was decided.');
    const record: DecisionRecord = { ...first.record, search: first.record.search === 'exact' ? 'greedy' : 'exact' };
    expect(notReplayed([{ ...first, record }, ...others])).toHaveLength(1);
  });

  it.each(otherSettings)('with %s comes out otherwise', (_, changes) => {
    const result = decidedAgain(events, changes);
    expect(result.differences.length).toBeGreaterThan(0);
    expect(result.levels.filter(({ whatIf }) => whatIf.promised < 0)).toEqual([]);
  });

  it('comes out the same with the same settings, and otherwise when something in it had been otherwise', () => {
    for (const from of ['', month.middle]) {
      const result = decidedAgain(events, {}, from);
      expect({ differences: result.differences, uneven: unevenLevels(result) }).toEqual({ differences: [], uneven: [] });
    }
    const opening = events.findIndex(({ type }) => type === 'StockAdjusted');
    const without = events.filter((_, index) => index !== opening);
    expect(decidedAgain(without, {}).differences.length).toBeGreaterThan(0);
  });
});
