import { startOfLog } from '@stockproof/event-store';
import { allPosition, positionText } from './positions';

describe('positions of $all as text', () => {
  it('say commit and prepare and come back as they were', () => {
    const place = { commit: 123n, prepare: 7n };
    expect(allPosition(positionText(place))).toEqual(place);
    expect(allPosition(startOfLog)).toBe('start');
  });

  it('sort as the numbers do', () => {
    const places = [
      { commit: 9n, prepare: 9n },
      { commit: 10n, prepare: 9n },
      { commit: 10n, prepare: 10n },
      { commit: 2n ** 60n, prepare: 1n },
    ].map(positionText);
    expect([...places].reverse().sort()).toEqual(places);
    expect(places.every((each) => each > startOfLog)).toBe(true);
  });

  it('are no other text', () => {
    expect(['12', `${positionText({ commit: 1n, prepare: 1n })}9`, 'x'].map(allPosition)).toEqual([null, null, null]);
  });

  it('are not made up where an old server does not know them', () => {
    expect(() => positionText({ commit: 2n ** 64n - 1n, prepare: 2n ** 64n - 1n })).toThrow('22.6');
  });
});
