import type { Wanted } from '@stockproof/stock-domain';
import { allocationStream } from '../stock.streams';
import { account, B, finish, request, scene, wake, wants, withdrawal, writes } from './allocation-scene';

const settings = { allowSplitting: true, maximumShipments: null, allowLineSplit: false, partial: false };
const strictly = (lines: Readonly<Record<string, number>>, day: number, more: Partial<Wanted> = {}): Wanted =>
  wants(lines, { orderDate: `2026-01-0${day}T00:00:00.000Z`, settings: { ...settings, strictOrder: true }, ...more });
const crash = () => Promise.reject(new Error('crash'));

/** The older order waits for cups; there is tea for the younger one. */
const blocked = async () => {
  const world = scene();
  await world.adjust('tea', 2);
  const one = world.owner();
  await one.work(request('old', strictly({ tea: 1, cup: 1 }, 1)));
  await one.work(request('young', strictly({ tea: 1 }, 2)));
  const both = async () => [await world.status('old'), await world.status('young')];
  return { ...world, one, both };
};

describe('strict order of the waiting', () => {
  it('keeps a younger request from a SKU for which an older order waits, and says behind whom', async () => {
    const { both, store, state } = await blocked();
    expect(await both()).toEqual(['waiting', 'waiting']);
    expect(await state('tea')).toMatchObject({ allocated: 0, available: 2 });
    const waits = (await store.readStream(allocationStream(account, 'young'))).find(({ type }) => type === 'AllocationWaiting');
    expect(waits?.data).toMatchObject({
      behind: { orderId: 'old', attempt: 1, skus: ['tea'] },
      reasons: ['not-its-turn', 'not-its-turn'],
      missing: [{ lineId: '1', sku: 'tea', quantity: 1 }],
    });
  });

  it('is off where nobody asked for it: the younger one goes', async () => {
    const { owner, adjust, status } = scene();
    await adjust('tea', 2);
    const one = owner();
    await one.work(request('old', wants({ tea: 1, cup: 1 }, { orderDate: '2026-01-01T00:00:00.000Z' })));
    await one.work(request('young', wants({ tea: 1 })));
    expect([await status('old'), await status('young')]).toEqual(['waiting', 'granted']);
  });

  it('holds nobody back who is older, or wants something else', async () => {
    const { one, adjust, status } = await blocked();
    await adjust('pot', 1);
    await one.work(
      request('older', strictly({ tea: 1 }, 1, { arrivedAt: '2026-01-01T00:00:00.000Z' })),
      request('pot', strictly({ pot: 1 }, 5)),
    );
    expect([await status('older'), await status('pot'), await status('young')]).toEqual(['granted', 'granted', 'waiting']);
  });

  it('holds among requests of one batch too, whichever comes first', async () => {
    const { owner, adjust, status } = scene();
    await adjust('tea', 2);
    await owner().work(
      request('first', strictly({ tea: 9 }, 3)),
      request('younger', strictly({ tea: 1 }, 4)),
      request('older', strictly({ tea: 1 }, 1)),
    );
    expect([await status('first'), await status('younger'), await status('older')]).toEqual(['waiting', 'waiting', 'granted']);
  });

  it('lets no younger one overtake when goods come that are too few for the oldest', async () => {
    const { owner, adjust, status } = scene();
    const one = owner();
    await one.work(request('big', strictly({ tea: 5 }, 1)), request('small', strictly({ tea: 1 }, 2)));
    await one.work(wake('tea', await adjust('tea', 3)));
    expect([await status('big'), await status('small')]).toEqual(['waiting', 'waiting']);
    await one.work(wake('tea', await adjust('tea', 3)));
    expect([await status('big'), await status('small')]).toEqual(['granted', 'granted']);
  });

  it('takes nothing from an order that has it already: a hold becomes an allocation before older ones that wait', async () => {
    const { owner, adjust, status } = scene();
    await adjust('tea', 1);
    const one = owner();
    await one.work(request('held', strictly({ tea: 1 }, 5, { kind: 'hold' })));
    await one.work(request('old', strictly({ tea: 1 }, 1)));
    await one.work(request('held', strictly({ tea: 1 }, 5, { holdAttempt: 1 }), 2));
    expect([await status('held', 2), await status('old')]).toEqual(['granted', 'waiting']);
  });
});

describe('who waited only behind another', () => {
  it('goes when the other is withdrawn, although nothing has risen', async () => {
    const { one, both, waiting } = await blocked();
    await one.work(withdrawal('old'));
    expect(await both()).toEqual(['ended', 'granted']);
    expect(waiting()).toEqual([]);
  });

  it('goes when the other got what it waited for elsewhere', async () => {
    const { one, adjust, both } = await blocked();
    await one.work(wake('cup', await adjust('cup', 1)));
    expect(await both()).toEqual(['granted', 'granted']);
  });

  it('goes when the other wants something else by a later request', async () => {
    const { one, both, status, waiting } = await blocked();
    await one.work(request('old', strictly({ cup: 1 }, 1), 2));
    expect([await status('old', 2), ...(await both()).slice(1)]).toEqual(['waiting', 'granted']);
    expect(waiting()).toEqual(['old']);
  });

  it('goes in a chain: each that goes lets the next one go', async () => {
    const { one, both, status, adjust } = await blocked();
    await adjust('pot', 2);
    await one.work(request('third', strictly({ tea: 1, pot: 1 }, 3)));
    await one.work(request('fourth', strictly({ pot: 1 }, 4)));
    expect([await status('third'), await status('fourth')]).toEqual(['waiting', 'waiting']);
    await one.work(withdrawal('old'));
    expect([...(await both()), await status('third'), await status('fourth')]).toEqual(['ended', 'granted', 'granted', 'granted']);
  });

  it.each(['AllocationWithdrawn', 'AllocationEnded', 'AllocationDecided', 'UnitsGranted', 'AllocationGranted'])(
    'is not forgotten by a crash just before %s: the same message again finds it',
    async (type) => {
      const { one, owner, both } = await blocked();
      one.before(writes(type), crash);
      const asked = withdrawal('old');
      await expect(one.work(asked)).rejects.toThrow('crash');
      await owner().work(asked);
      expect(await both()).toEqual(['ended', 'granted']);
    },
  );

  it('is not forgotten where the other went and its process died before it had told: the wake-up again finds it', async () => {
    const { one, owner, adjust, both } = await blocked();
    const revision = await adjust('cup', 1);
    let plans = 0;
    one.before((append) => writes('AllocationDecided')(append) && (plans += 1) === 2, crash);
    await expect(one.work(wake('cup', revision))).rejects.toThrow('crash');
    expect(await both()).toEqual(['granted', 'waiting']);
    await owner().work(wake('cup', revision));
    expect(await both()).toEqual(['granted', 'granted']);
  });

  it('does not wait behind one that another owner has withdrawn meanwhile', async () => {
    const { owner, adjust, status } = scene();
    await adjust('tea', 2);
    const [stale, fresh] = [owner(), owner()];
    await stale.work(request('old', strictly({ tea: 1, cup: 1 }, 1)));
    await fresh.streams.allocations.handle(
      allocationStream(account, 'old'),
      { type: 'WithdrawAttempt', data: { orderId: 'old', attempt: 1, now: '2026-01-10T12:00:00.000Z' } },
      { commandId: 'elsewhere', correlationId: 'c', causationId: 'c', actor: 'user:1', organizationId: 'o', accountId: account },
    );
    await stale.work(request('young', strictly({ tea: 1 }, 2)));
    expect(await status('young')).toBe('granted');
  });

  it('goes when whoever was reminded has finished the plan of the other', async () => {
    const { one, owner, adjust, both } = await blocked();
    const revision = await adjust('cup', 1, B);
    one.before(writes('UnitsGranted'), crash);
    await expect(one.work(wake('cup', revision))).rejects.toThrow('crash');
    await owner().work(finish('old', 3));
    expect(await both()).toEqual(['granted', 'granted']);
  });
});
