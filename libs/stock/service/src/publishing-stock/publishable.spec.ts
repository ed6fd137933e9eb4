import fc from 'fast-check';
import { published, type PublicationRule } from './publishable';

const rule = (more: Partial<PublicationRule> = {}): PublicationRule => ({
  buffer: 0,
  percentage: 100,
  cap: null,
  excludedSkus: [],
  ...more,
});

describe('what a shop is told of a figure', () => {
  it.each<[string, number, PublicationRule | null, number]>([
    ['as it is', 7, null, 7],
    ['never below nothing', -3, null, 0],
    ['less the buffer', 7, rule({ buffer: 5 }), 2],
    ['nothing where the buffer is more', 3, rule({ buffer: 5 }), 0],
    ['a share of what is left, rounded down', 10, rule({ buffer: 1, percentage: 50 }), 4],
    ['no more than the cap', 100, rule({ cap: 9 }), 9],
    ['nothing of what is excluded, in whatever spelling', 100, rule({ excludedSkus: [' tea '] }), 0],
  ])('%s', (_, available, how, told) => expect(published(available, 'TEA', how)).toBe(told));

  it('is never more than there is, never negative, and never rises by a stricter rule', () => {
    const rules = fc.record({
      buffer: fc.nat(50),
      percentage: fc.nat(100),
      cap: fc.option(fc.nat(50)),
      excludedSkus: fc.constant<string[]>([]),
    });
    fc.assert(
      fc.property(fc.integer({ min: -100, max: 100 }), rules, (available, how) => {
        const told = published(available, 'TEA', how);
        expect(told).toBeGreaterThanOrEqual(0);
        expect(told).toBeLessThanOrEqual(Math.max(0, available));
        expect(published(available, 'TEA', { ...how, buffer: how.buffer + 1 })).toBeLessThanOrEqual(told);
      }),
    );
  });
});
