import { median, medianRatio, medianRun, percentile, runOf } from './statistics';

const run = (perSecond: number) => ({ perSecond, p50Ms: 1, p95Ms: 2, p99Ms: 3 });

describe('statistics of runs', () => {
  it('takes the middle, whatever the order', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 9, 2])).toBe(3);
    expect(median([7])).toBe(7);
    expect(median([])).toBeNaN();
  });

  it('takes percentiles from the values themselves', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([percentile(hundred, 0.5), percentile(hundred, 0.95), percentile(hundred, 0.99), percentile(hundred, 1)]).toEqual([
      50, 95, 99, 100,
    ]);
    expect(percentile([3, 1], 0.99)).toBe(3);
  });

  it('counts what a call does', () => {
    expect(runOf([1, 2, 3, 4], 2)).toEqual({ perSecond: 2, p50Ms: 2, p95Ms: 4, p99Ms: 4 });
    expect(runOf([1, 2, 3, 4], 2, 100).perSecond).toBe(200);
  });

  it('compares within rounds, so that a slow round does not count against one side', () => {
    expect(medianRun([run(10), run(30), run(20)]).perSecond).toBe(20);
    expect(medianRatio([run(20), run(2), run(18)], [run(10), run(1), run(10)])).toBe(2);
  });
});
