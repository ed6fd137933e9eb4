import { processCount } from './run/product';
import { killsOf, laneSteps, skusOf } from './schedule';
import { fullSize, shortSize } from './sizes';

describe('the schedule of a history', () => {
  it('is the same for the same seed, and another for every other seed, client and lane', () => {
    const steps = (seed: string, client: number, lane: number) => JSON.stringify(laneSteps(seed, client, lane, shortSize));
    expect(steps('a', 0, 0)).toBe(steps('a', 0, 0));
    expect(new Set([steps('a', 0, 0), steps('b', 0, 0), steps('a', 1, 0), steps('a', 0, 1)]).size).toBe(4);
    expect(killsOf('a', fullSize)).toEqual(killsOf('a', fullSize));
    expect(killsOf('a', fullSize)).not.toEqual(killsOf('b', fullSize));
  });

  it('of the full size asks at least 100,000 times of at least four processes, which are all killed', () => {
    expect(fullSize.clients * fullSize.lanes * fullSize.stepsPerLane).toBeGreaterThanOrEqual(100_000);
    expect(processCount).toBeGreaterThanOrEqual(4);
    expect(new Set(killsOf('any', fullSize).flatMap(({ processes }) => processes)).size).toBe(processCount);
  });

  it('does everything that is to be tried, and orders are a good part of it', () => {
    const steps = Array.from({ length: 20 }, (_, lane) => laneSteps('any', 0, lane, { stepsPerLane: 300, workload: 'mixed' })).flat();
    const does = Map.groupBy(steps, (step) => step.does);
    expect([...does.keys()].sort()).toEqual([
      ...['adjust', 'allocate', 'approve', 'cancel', 'cancel-and-hold-at-once', 'cancel-shipment', 'create', 'create-again', 'hold'],
      ...['list-orders', 'mark-shipped', 'purchase', 'read-levels', 'read-movements', 'read-order', 'receive', 'release', 'report'],
      ...['set-aside', 'ship', 'unlock'],
    ]);
    const created = steps.flatMap((step) => (step.does === 'create' ? [step] : []));
    expect(created.length).toBeGreaterThan(steps.length / 10);
    const key = ({ sku }: { readonly sku: string }): string => sku.toLowerCase();
    expect(created.filter(({ lines }) => new Set(lines.map(key)).size < lines.length).length).toBeGreaterThan(created.length / 10);
    expect(created.filter(({ lines }) => lines.some(({ sku }) => sku.startsWith('SET'))).length).toBeGreaterThan(created.length / 20);
    expect(skusOf('mixed').length).toBeLessThan(20);
  });
});
