import fc from 'fast-check';
import { behaviourOf, shares, suffixes } from './behaviour';
import { deliveryPlan, shippingPlan, type Line } from './plan';

const aLine = fc.record({ sku: fc.constantFrom('A', 'B'), quantity: fc.integer({ min: 1, max: 1000 }) });
const linesOf = fc
  .array(aLine, { minLength: 1, maxLength: 5 })
  .map((lines) => lines.map((line, at): Line => ({ ...line, lineNumber: at + 1 })));

describe('what a number does', () => {
  it.each(Object.entries(suffixes))('…-%s %s', (suffix, behaviour) => {
    expect(behaviourOf(`SO-1-${suffix}`)).toBe(behaviour);
    expect(behaviourOf(`SO-1-${suffix.toLowerCase()}`)).toBe(behaviour);
  });

  it('hangs on nothing but the number', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 2 }), (numbers) => {
        const once = numbers.map(behaviourOf);
        expect(numbers.toReversed().map(behaviourOf).toReversed()).toEqual(once);
      }),
    );
  });

  it('was this in the runs before', () => {
    const numbers = Array.from({ length: 20 }, (_, at) => `DEMO-${1000 + at}`);
    expect(numbers.map(behaviourOf).join(' ')).toMatchInlineSnapshot(
      `"ships-in-two-steps ships loses-first-answer ships ships-short ships ships ships loses-first-answer ships loses-first-answer ships ships ships loses-first-answer is-late is-late ships-in-two-steps ships ships"`,
    );
  });

  it('keeps the shares that it promises, give or take a percent', () => {
    const seen = new Map<string, number>();
    for (let at = 0; at < 20_000; at += 1) seen.set(behaviourOf(`N${at}`), (seen.get(behaviourOf(`N${at}`)) ?? 0) + 1);
    for (const [behaviour, share] of shares) expect(Math.abs((seen.get(behaviour) ?? 0) / 200 - share)).toBeLessThan(1);
  });

  it('is not chosen by a number that is only the word', () => {
    expect(behaviourOf('WAIT')).not.toBe('waits');
  });
});

describe('how a shipment goes on', () => {
  it('never ships more than was asked for, and never less than before', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(suffixes)), linesOf, (behaviour, lines) => {
        let before = lines.map(() => 0);
        for (const step of shippingPlan(behaviour, lines)) {
          if (step.kind === 'is-cancelled') continue;
          step.totals.forEach((total, at) => {
            expect(total).toBeGreaterThanOrEqual(before[at] ?? 0);
            expect(total).toBeLessThanOrEqual(lines[at]?.quantity ?? 0);
          });
          before = [...step.totals];
        }
      }),
    );
  });

  it('ends: complete with all, or short with less', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(suffixes)), linesOf, (behaviour, lines) => {
        const last = shippingPlan(behaviour, lines).at(-1);
        if (last?.kind !== 'leaves') return;
        const everything = last.totals.every((total, at) => total === lines[at]?.quantity);
        expect(last.completion).toBe(everything ? 'complete' : 'closed-short');
      }),
    );
  });

  it('brings a purchase order in two deliveries, the last one final', () => {
    const lines = [{ lineNumber: 1, sku: 'A', quantity: 9 }];
    expect(deliveryPlan('ships', lines)).toEqual([
      { afterCalls: 1, totals: [4], final: false },
      { afterCalls: 3, totals: [9], final: true },
    ]);
  });
});
