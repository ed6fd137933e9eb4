import fc from 'fast-check';
import { availableBundles, published, type PublicationRule } from './publishable';

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

describe('how many of a bundle there are', () => {
  it('is what a packer gets who takes one after another from the shelves', () => {
    const stock = fc.array(fc.integer({ min: -5, max: 20 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
        fc.array(stock, { maxLength: 4 }),
        fc.boolean(),
        (needs, stocks, maySplit) => {
          const set = { sku: 'SET', components: needs.map((quantity, index) => ({ sku: String(index), quantity })) };
          const there = (key: string, warehouse: string) => stocks[Number(warehouse)]?.[Number(key)] ?? 0;
          expect(availableBundles(set, [...stocks.keys()].map(String), there, maySplit)).toBe(packed(needs, stocks, maySplit));
        },
      ),
    );
  });

  const bundle = {
    sku: 'SET',
    components: [
      { sku: 'TEA', quantity: 2 },
      { sku: 'CUP', quantity: 1 },
    ],
  };
  const stock: Readonly<Record<string, number>> = { 'tea north': 3, 'cup north': 0, 'tea south': 1, 'cup south': 5 };
  const available = (key: string, warehouse: string) => stock[`${key} ${warehouse}`] ?? 0;

  it('in one warehouse: as many as its scarcest part allows', () => {
    expect(availableBundles(bundle, ['south'], available, false)).toBe(0);
    expect(availableBundles(bundle, ['south'], (key) => (key === 'tea' ? 5 : 9), false)).toBe(2);
  });
  it('over members: each for itself, or together where orders may be split', () => {
    expect(availableBundles(bundle, ['north', 'south'], available, false)).toBe(0);
    expect(availableBundles(bundle, ['north', 'south'], available, true)).toBe(2);
  });
  it('an oversold member is not covered by the others', () =>
    expect(
      availableBundles(bundle, ['north', 'south'], (key, warehouse) => (warehouse === 'north' ? -9 : key === 'tea' ? 2 : 1), true),
    ).toBe(1));
});

/** Bundles packed one by one, each in one room: a warehouse, or all of them together. */
function packed(needs: readonly number[], stocks: readonly (readonly number[])[], together: boolean): number {
  const shelves = stocks.map((each) => needs.map((_, index) => Math.max(0, each[index] ?? 0)));
  const rooms = together ? [needs.map((_, index) => shelves.reduce((sum, shelf) => sum + (shelf[index] ?? 0), 0))] : shelves;
  let bundles = 0;
  for (const room of rooms)
    for (; needs.every((need, index) => (room[index] ?? 0) >= need); bundles += 1)
      needs.forEach((need, index) => (room[index] = (room[index] ?? 0) - need));
  return bundles;
}
