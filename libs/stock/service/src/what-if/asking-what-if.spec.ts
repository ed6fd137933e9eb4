import type { RuleChanges } from '@stockproof/stock-domain';
import { A, account, B, request, scene, wants, type Owner, type Scene } from '../allocation/allocation-scene';
import { askForBasket, askForOrder, linesOf, type Asked } from './asking-what-if';

type How = { readonly against?: 'recorded' | 'now'; readonly attempt?: number; readonly plan?: number };

const desk = async (stock: readonly (readonly [sku: string, by: number, warehouse: string])[]) => {
  const world: Scene = scene();
  for (const [sku, by, warehouse] of stock) await world.adjust(sku, by, warehouse);
  const owner: Owner = world.owner();
  const asking = { store: world.store, streams: owner.streams, accountId: account };
  const log = async () => JSON.stringify(await world.store.readAll('', 10_000));
  /** Asks, and sees that nothing was written. */
  const asked = async (question: () => Promise<Asked>): Promise<Asked> => {
    const before = await log();
    const answer = await question();
    expect(await log()).toBe(before);
    return answer;
  };
  const ask = (orderId: string, changes: RuleChanges, { against = 'recorded', attempt, plan }: How = {}) =>
    asked(() => askForOrder(asking, { orderId, against, attempt: attempt ?? null, plan: plan ?? null, changes }));
  const basket = (lines: Parameters<typeof linesOf>[0], changes: Parameters<typeof wants>[1] = {}, ruleVersion: number | null = null) =>
    asked(() => askForBasket(asking, { wanted: { ...wants({}, changes), lines: linesOf(lines) }, ruleVersion }));
  return { ...world, owner, ask, basket };
};

const answerOf = (asked: Asked) => {
  if (asked.asked !== 'answered') throw new Error(asked.asked);
  return asked.answer;
};

const halves: Parameters<typeof desk>[0] = [
  ['tea', 2, A],
  ['cup', 2, B],
];

describe('what if an order had been decided otherwise', () => {
  it('with the settings of then: the same to the byte', async () => {
    const { owner, ask } = await desk(halves);
    await owner.work(request('o', wants({ tea: 2, cup: 2 })));
    const { outcome, recorded, differences } = answerOf(await ask('o', {}));
    expect(recorded).toEqual({ ...outcome, attempt: 1, plan: 1, decidedAt: recorded?.decidedAt });
    expect({ differences, shipments: outcome.shipments }).toEqual({ differences: [], shipments: 2 });
  });

  it('without splitting it would have waited: each candidate says why, each line what it would lose', async () => {
    const { owner, ask } = await desk(halves);
    await owner.work(request('o', wants({ tea: 2, cup: 2 })));
    const { outcome, differences } = answerOf(await ask('o', { settings: { allowSplitting: false } }));
    expect(outcome).toMatchObject({ shipments: 0, choices: [] });
    expect(outcome.reasons.map(({ code, reason }) => [code, reason])).toEqual([
      ['A', 'splitting-not-allowed'],
      ['B', 'splitting-not-allowed'],
    ]);
    expect(differences).toEqual([
      { lineId: '1', sku: 'tea', warehouseId: A, recorded: 2, whatIf: 0 },
      { lineId: '2', sku: 'cup', warehouseId: B, recorded: 2, whatIf: 0 },
    ]);
  });

  it('with another priority, or without a warehouse, it comes from elsewhere', async () => {
    const { owner, ask } = await desk([
      ['tea', 5, A],
      ['tea', 5, B],
    ]);
    await owner.work(request('o', wants({ tea: 3 })));
    const other = [{ lineId: '1', sku: 'tea', warehouseId: B, quantity: 3 }];
    expect(answerOf(await ask('o', { warehouses: [{ warehouseId: B, priority: 0 }] })).outcome.choices).toEqual(other);
    expect(answerOf(await ask('o', { warehouses: [{ warehouseId: A, leftOut: true }] })).outcome).toMatchObject({
      choices: other,
      reasons: [{ warehouseId: B, code: 'B', reason: 'taken' }],
    });
  });

  it('where the warehouse manages its back-orders itself, nothing waits', async () => {
    const { owner, ask } = await desk([['tea', 1, A]]);
    await owner.work(request('o', wants({ tea: 3 })));
    const asked = await ask('o', { warehouses: [{ warehouseId: A, checked: false }] }, { against: 'now' });
    expect(answerOf(asked).outcome.choices).toEqual([{ lineId: '1', sku: 'tea', warehouseId: A, quantity: 3 }]);
  });

  it('on the stock of now: what it has itself counts as free for it, what has come since too', async () => {
    const { owner, ask, adjust } = await desk(halves);
    await owner.work(request('o', wants({ tea: 2, cup: 2 })));
    await adjust('cup', 9, A);
    expect(answerOf(await ask('o', {}, { against: 'now' }))).toMatchObject({
      seen: [
        { sku: 'tea', free: [2, 0] },
        { sku: 'cup', free: [9, 2] },
      ],
      outcome: { shipments: 1 },
      differences: [
        { lineId: '2', warehouseId: A, recorded: 0, whatIf: 2 },
        { lineId: '2', warehouseId: B, recorded: 2, whatIf: 0 },
      ],
    });
  });

  it('one that waits is asked about on the stock of now: nothing was planned on what it saw', async () => {
    const { owner, ask, adjust } = await desk([]);
    await owner.work(request('o', wants({ tea: 1 })));
    expect(await ask('o', {})).toEqual({ asked: 'nothing-recorded' });
    await adjust('tea', 1);
    expect(answerOf(await ask('o', {}, { against: 'now' }))).toMatchObject({
      outcome: { shipments: 1 },
      recorded: { plan: 0, shipments: 0, missing: [{ lineId: '1', sku: 'tea', quantity: 1 }] },
    });
  });

  it('knows neither an order, an attempt nor a rule that there never was', async () => {
    const { owner, ask } = await desk(halves);
    await owner.work(request('o', wants({ tea: 2 })));
    expect(await ask('nobody', {})).toEqual({ asked: 'not-found' });
    expect(await ask('o', {}, { attempt: 2 })).toEqual({ asked: 'not-found' });
    expect(await ask('o', {}, { attempt: 1, plan: 2 })).toEqual({ asked: 'not-found' });
    expect(await ask('o', { ruleVersion: 99 })).toEqual({ asked: 'unknown-rule-version' });
  });
});

describe('where a basket would go now', () => {
  it('is decided like an order, spellings of one SKU together', async () => {
    const { basket } = await desk(halves);
    const two = (sku: string) => ({ sku, quantity: 1 });
    expect(answerOf(await basket([two('Tea'), two('TEA ')]))).toMatchObject({
      recorded: null,
      differences: [],
      outcome: { shipments: 1, choices: [{ lineId: '1' }, { lineId: '2' }] },
    });
    expect(answerOf(await basket([two('tea'), two('tea'), two('TEA')])).outcome).toMatchObject({ shipments: 0 });
  });

  it('of a SKU that nobody has would wait; by an unknown rule it goes nowhere', async () => {
    const { basket } = await desk([]);
    expect(answerOf(await basket([{ sku: 'ghost', quantity: 1 }])).outcome).toMatchObject({ shipments: 0, missing: [{ sku: 'ghost' }] });
    expect(await basket([{ sku: 'ghost', quantity: 1 }], {}, 99)).toEqual({ asked: 'unknown-rule-version' });
  });
});
