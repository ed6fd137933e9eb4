import { currentRuleVersion, allocationRules } from '../allocation-rule/rule-versions';
import { largeOrder } from '../allocation-rule/testing/large-order';
import { allocationDecider } from './allocation.decider';

const mebibyte = 1_048_576;

describe('the plan of a large order', () => {
  it('fits into one append: 2,000 lines, ten candidates', () => {
    const { wanted, seen } = largeOrder(2_000, 10, (line, candidate) => (line % 10 === candidate ? 5 : 0));
    const outcome = allocationRules[currentRuleVersion]?.(wanted, seen);
    if (!outcome) throw new Error('The current version is unknown.');
    const decision = allocationDecider.decide(
      {
        type: 'DecideAllocation',
        data: { orderId, attempt: 1, now: '2026-01-10T12:00:00.000Z', wanted, plan: 1, ruleVersion: currentRuleVersion, seen, outcome },
      },
      allocationDecider.initialState(),
    );
    expect(outcome.choices).toHaveLength(2_000);
    expect(Buffer.byteLength(JSON.stringify(decision))).toBeLessThan(mebibyte);
  });
});

const orderId = '00000000-0000-4000-8000-000000000001';
