import fc from 'fast-check';
import { priceOf, smallestUnits } from './price';

describe('a price in the smallest unit of its currency', () => {
  it.each([
    [390, 'EUR', '3.90'],
    [5, 'EUR', '0.05'],
    [0, 'EUR', '0.00'],
    [390, 'JPY', '390'],
    [1234, 'KWD', '1.234'],
    [1, 'KWD', '0.001'],
  ])('%d of %s is %s', (amount, currency, text) => {
    expect(priceOf({ amount, currency })).toEqual({ amount: text, currency });
    expect(smallestUnits({ amount: text, currency })).toEqual({ amount, currency });
  });

  it('is none where there is no such code, no whole number, or less than nothing', () => {
    for (const price of [
      { amount: 1, currency: 'eu' },
      { amount: 1.5, currency: 'EUR' },
      { amount: -1, currency: 'EUR' },
    ])
      expect(priceOf(price)).toBeNull();
  });

  it('rounds what is finer, a half up', () => {
    expect(['3.904', '3.905', '3.9', '3'].map((amount) => smallestUnits({ amount, currency: 'EUR' }).amount)).toEqual([390, 391, 390, 300]);
    expect(smallestUnits({ amount: '390.5', currency: 'JPY' }).amount).toBe(391);
  });

  it('comes back as it went', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000_000), fc.constantFrom('EUR', 'JPY', 'KWD', 'USD'), (amount, currency) => {
        const price = priceOf({ amount, currency });
        expect(price && smallestUnits(price)).toEqual({ amount, currency });
      }),
    );
  });
});
