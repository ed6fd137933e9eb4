import { startOfLog } from '@stockproof/event-store';
import { positionNumber, positionText } from './positions';

describe('positions of a Postgres log', () => {
  it('sort as text and come back as numbers', () => {
    const numbers = [0, 1, 9, 10, 99, 100_000, 9_007_199_254_740_991];
    const texts = numbers.map(positionText);
    expect([...texts].sort()).toEqual(texts);
    expect(texts.map(positionNumber)).toEqual(numbers);
    expect(positionText(0)).toBe(startOfLog);
  });

  it.each(['x', '12', '00000000000000012', ' 000000000000001', '000000000000000a'])('%j is none', (text) =>
    expect(positionNumber(text)).toBeNull(),
  );
});
