import { laneSteps, skusOf } from './steps';

describe('the steps of a lane', () => {
  it('are the same for the same seed, and others for every other seed, client and lane', () => {
    const steps = (seed: string, client: number, lane: number) =>
      JSON.stringify(laneSteps(seed, client, lane, { stepsPerLane: 90, workload: 'mixed' }));
    expect(steps('a', 0, 0)).toBe(steps('a', 0, 0));
    expect(new Set([steps('a', 0, 0), steps('b', 0, 0), steps('a', 1, 0), steps('a', 0, 1)]).size).toBe(4);
  });

  it('do everything that is to be tried, and orders are a good part of it', () => {
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
