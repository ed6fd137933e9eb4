import fc from 'fast-check';
import { anyWorld } from '../allocation-rule/testing/any-world';
import { currentRuleVersion, decideByCurrentRule } from '../allocation-rule/rule-versions';
import { differencesOf, shipmentsOf } from './differences';
import { ruleOf, seenByFewer, withChanges } from './rule-changes';

const choice = (lineId: string, warehouseId: string, quantity: number) => ({ lineId, sku: 'tea', warehouseId, quantity });

describe('what would have been wanted', () => {
  it('without a change is what was wanted, and decided to the same bytes', () =>
    fc.assert(
      fc.property(anyWorld, ({ wanted, seen }) => {
        const same = withChanges(wanted, {});
        const asBefore = seenByFewer(seen, wanted.candidates, same.candidates);
        expect(JSON.stringify(ruleOf(currentRuleVersion)?.(same, asBefore))).toBe(JSON.stringify(decideByCurrentRule(wanted, seen)));
      }),
    ));

  it('takes nothing from a warehouse that is left out, wherever lines named it', () =>
    fc.assert(
      fc.property(anyWorld, ({ wanted, seen }) => {
        const without = withChanges(wanted, { warehouses: [{ warehouseId: 'A', leftOut: true }], settings: { partial: true } });
        const { choices, reasons } = decideByCurrentRule(without, seenByFewer(seen, wanted.candidates, without.candidates));
        expect(choices.filter(({ warehouseId }) => warehouseId === 'A')).toEqual([]);
        expect(reasons).toHaveLength(without.candidates.length);
        expect(without.settings).toEqual({ ...wanted.settings, partial: true });
      }),
    ));

  it('sees of each warehouse that stays what was free there', () => {
    const [a, b] = ['A', 'B'].map((warehouseId) => ({ warehouseId, code: warehouseId, priority: 1, checked: true }));
    expect(seenByFewer([{ sku: 'tea', revision: 3, free: [5, 7] }], [a!, b!], [b!])).toEqual([{ sku: 'tea', revision: 3, free: [7] }]);
  });

  it('knows only released versions of the rule', () => expect(ruleOf(99)).toBeNull());
});

describe('differences', () => {
  it('name every line and warehouse whose quantity differs, and nothing else', () =>
    expect(
      differencesOf(
        { choices: [choice('1', 'A', 2), choice('2', 'A', 1), choice('3', 'B', 1)] },
        { choices: [choice('1', 'A', 1), choice('1', 'B', 1), choice('2', 'A', 1)] },
      ),
    ).toEqual([
      { lineId: '1', sku: 'tea', warehouseId: 'A', recorded: 2, whatIf: 1 },
      { lineId: '1', sku: 'tea', warehouseId: 'B', recorded: 0, whatIf: 1 },
      { lineId: '3', sku: 'tea', warehouseId: 'B', recorded: 1, whatIf: 0 },
    ]));

  it('of a thing to itself are none; each warehouse is one shipment', () => {
    const given = { choices: [choice('1', 'A', 2), choice('2', 'A', 1), choice('2', 'B', 1)] };
    expect(differencesOf(given, given)).toEqual([]);
    expect(shipmentsOf(given)).toBe(2);
  });
});
