import { killsOf } from './kills';
import { processCount } from './run/product';
import { fullSize } from './sizes';

describe('the kills of a history', () => {
  it('are the same for the same seed, and others for every other seed', () => {
    expect(killsOf('a', fullSize)).toEqual(killsOf('a', fullSize));
    expect(killsOf('a', fullSize)).not.toEqual(killsOf('b', fullSize));
  });

  it('of the full size come between at least 100,000 questions to at least four processes, which are all killed', () => {
    expect(fullSize.clients * fullSize.lanes * fullSize.stepsPerLane).toBeGreaterThanOrEqual(100_000);
    expect(processCount).toBeGreaterThanOrEqual(4);
    expect(new Set(killsOf('any', fullSize).flatMap(({ processes }) => processes)).size).toBe(processCount);
  });
});
