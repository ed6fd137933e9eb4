import type { Caller } from '@stockproof/access';
import type { Cursors } from '@stockproof/http-problems';
import { ProblemException, validationPipe } from '@stockproof/http-problems';
import { inMemoryJobs } from '@stockproof/jobs';
import { derivedId } from '@stockproof/vocabulary';
import { account, request, scene, wants, A, B } from '../allocation/allocation-scene';
import type { KnownWarehouse } from './known-warehouses';
import { PeriodWhatIfsController } from './period-what-ifs.controller';
import { WhatIfController } from './what-if.controller';
import { WhatIfForBasket, WhatIfForOrder } from './what-if.requests';

const [virtual, former, unknown, other] = ['virtual', 'former', 'unknown', 'other'].map((name) => derivedId(name)) as [
  string,
  string,
  string,
  string,
];
const warehouse = (warehouseId: string, code: string, more: Partial<KnownWarehouse> = {}): KnownWarehouse => ({
  ...{ warehouseId, code, kind: 'physical', priority: 100, checked: true, enabled: true },
  ...more,
});

/** Two warehouses: the one that has more, and by code comes first, comes last by priority. */
const open = async () => {
  const world = scene();
  await world.adjust('tea', 5, A);
  await world.adjust('tea', 3, B);
  const owner = world.owner();
  await owner.work(request('o', wants({ tea: 1 })));
  const rows = [
    ...[warehouse(B, 'B', { priority: 1 }), warehouse(A, 'A')],
    ...[warehouse(virtual, 'V', { kind: 'virtual' }), warehouse(former, 'F', { enabled: false, priority: 0 })],
  ];
  const clock = { now: () => '2026-01-10T12:00:00.000Z' };
  const writer = { query: async () => rows as never };
  const caller = { accountId: account } as unknown as Caller;
  const one = new WhatIfController(owner.streams, world.store, writer, clock);
  const period = new PeriodWhatIfsController(undefined as never, inMemoryJobs(clock), clock, writer, undefined as unknown as Cursors);
  return {
    basket: (body: Partial<WhatIfForBasket> = {}) => one.basket(caller, { lines: [{ sku: 'tea', quantity: 1 }], ...body }),
    order: (body: WhatIfForOrder) => one.order(caller, 'o', body),
    period: (body: WhatIfForOrder) => period.ask(caller, { from: '2026-01-01T00:00:00.000Z', ...body } as never),
  };
};

const refusalOf = async (asked: Promise<unknown>) => {
  const refusal = await asked.catch((error: unknown) => error);
  if (!(refusal instanceof ProblemException)) throw new Error(`no refusal: ${JSON.stringify(refusal)}`);
  return [refusal.problem.code, ...(refusal.problem.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`)];
};
const ids = (...warehouseIds: readonly string[]) => ({ warehouses: warehouseIds.map((warehouseId) => ({ warehouseId })) });

describe('a basket', () => {
  it('goes where an order would: what is not said of a warehouse is as it is', async () => {
    const { basket } = await open();
    expect((await basket()).outcome.choices.map(({ warehouseId }) => warehouseId)).toEqual([B]);
    const { outcome } = await basket({ warehouses: [{ warehouseId: A }, { warehouseId: B, priority: 200 }] });
    expect(outcome.choices.map(({ warehouseId }) => warehouseId)).toEqual([A]);
  });
});

describe('warehouses', () => {
  const refused = (...more: readonly string[]) => [
    'warehouse-not-enabled',
    '/warehouses/1/warehouseId not-a-physical-warehouse',
    '/warehouses/2/warehouseId warehouse-not-enabled',
    ...more,
  ];

  it('that the account has not are all named, for a basket, an order and a period', async () => {
    const { basket, order, period } = await open();
    const asked = ids(A, virtual, unknown, other);
    for (const ask of [basket, order, period])
      expect(await refusalOf(ask(asked))).toEqual(refused('/warehouses/3/warehouseId warehouse-not-enabled'));
  });

  it('that the account has no more are none for a basket, but an order may have been decided with them', async () => {
    const { basket, order } = await open();
    expect(await refusalOf(basket(ids(former)))).toEqual(['warehouse-not-enabled', '/warehouses/0/warehouseId warehouse-not-enabled']);
    expect((await order(ids(former))).differences).toEqual([]);
  });

  it.each([
    ['a basket', WhatIfForBasket],
    ['an order', WhatIfForOrder],
  ])('are not named twice for %s', async (_, metatype) => {
    const lines = metatype === WhatIfForBasket ? { lines: [{ sku: 'tea', quantity: 1 }] } : {};
    const asked = (...named: readonly unknown[]) =>
      validationPipe().transform({ ...lines, warehouses: named.map((warehouseId) => ({ warehouseId })) }, { type: 'body', metatype });
    expect(await refusalOf(asked(unknown, other, unknown.toUpperCase()))).toEqual(['validation-failed', '/warehouses array-unique']);
    expect(await asked(unknown, other)).toMatchObject(ids(unknown, other));
  });
});
