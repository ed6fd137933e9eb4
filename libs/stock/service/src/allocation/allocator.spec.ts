import { itemDecider, type AllocationEvent, type ItemEvent } from '@stockproof/stock-domain';
import { itemStream } from '../stock.streams';
import { A, account, B, checks, finish, request, scene, wake, wants, withdrawal, writes } from './allocation-scene';
import { seenBy } from './seeing-items';

describe('many orders for few units', () => {
  it('exactly what is there is promised, everything else waits', async () => {
    const { owner, adjust, state, waiting } = scene();
    await adjust('tea', 50);
    await owner().work(...Array.from({ length: 200 }, (_, index) => request(`o${index}`, wants({ tea: 1 }))));
    expect(await state('tea')).toMatchObject({ allocated: 50, available: 0 });
    expect(waiting()).toHaveLength(150);
  });

  it('two owners at once promise no unit twice', async () => {
    const { owner, adjust, state, waiting } = scene();
    await adjust('tea', 50);
    const orders = (from: number) => Array.from({ length: 50 }, (_, index) => request(`o${from + index}`, wants({ tea: 1 })));
    const [one, two] = [owner(), owner()];
    await Promise.all([one.work(...orders(0)), two.work(...orders(50))]);
    expect(await state('tea')).toMatchObject({ allocated: 50, available: 0 });
    expect(waiting()).toHaveLength(50);
  });

  it('an order for many hot items is served although they never stand still together', async () => {
    const { owner, adjust, status } = scene();
    const skus = ['tea', 'cup', 'pot', 'can', 'jar', 'mug', 'lid', 'tin'];
    for (const sku of skus) await adjust(sku, 5);
    const one = owner();
    let [checked, disturbed] = [0, 0];
    // Another process writes one of the items after every third check.
    const disturb = (): void =>
      one.before(
        ({ stream, events }) => stream.startsWith('stock.item-') && events.length === 0,
        async () => {
          disturb();
          if ((checked += 1) % 3 === 0) await adjust(skus[(disturbed += 1) % skus.length] as string, 1);
        },
      );
    disturb();
    await one.work(request('o', wants(Object.fromEntries(skus.map((sku) => [sku, 1])))));
    expect(await status('o')).toBe('granted');
    expect(disturbed).toBeGreaterThan(skus.length);
  });

  it('two lines of one SKU are checked by their sum', async () => {
    const { owner, adjust, state, status } = scene();
    await adjust('tea', 3);
    const twice = {
      ...wants({}),
      lines: [
        { lineId: '1', sku: 'tea', quantity: 2 },
        { lineId: '2', sku: 'tea', quantity: 2 },
      ],
    };
    await owner().work(request('o', twice));
    expect(await state('tea')).toMatchObject({ allocated: 0 });
    expect(await status('o')).toBe('waiting');
  });

  it('an order heard twice is promised once', async () => {
    const { owner, adjust, state } = scene();
    await adjust('tea', 5);
    await owner().work(request('o', wants({ tea: 2 })));
    await owner().work(request('o', wants({ tea: 2 })));
    expect(await state('tea')).toMatchObject({ allocated: 2 });
  });

  it('is served from two warehouses where one has too little', async () => {
    const { owner, adjust, state, status } = scene();
    await adjust('tea', 2, A);
    await adjust('cup', 2, B);
    await owner().work(request('o', wants({ tea: 2, cup: 2 })));
    expect([await state('tea', A), await state('cup', B)]).toMatchObject([{ allocated: 2 }, { allocated: 2 }]);
    expect(await status('o')).toBe('granted');
  });
});

describe('two SKUs that rise together', () => {
  const old = wants({ cup: 1 }, { orderDate: '2026-01-01T00:00:00.000Z' });
  const young = wants({ tea: 1, cup: 1 }, { orderDate: '2026-01-05T00:00:00.000Z' });

  it('a younger order that is woken by one does not take the other before an older order that waits for that alone', async () => {
    const { owner, adjust, status } = scene();
    const one = owner();
    await one.work(request('old', old), request('young', young));
    const [tea] = [await adjust('tea', 1), await adjust('cup', 1)];
    await one.work(wake('tea', tea));
    expect([await status('old'), await status('young')]).toEqual(['granted', 'waiting']);
  });

  it('nor one that asks anew for the first, and lets a waiting one go with it', async () => {
    const { owner, adjust, status, state } = scene();
    const one = owner();
    await one.work(request('old', old), request('young', young));
    await adjust('tea', 1);
    await adjust('cup', 1);
    await one.work(request('newest', wants({ tea: 1 }, { orderDate: '2026-01-08T00:00:00.000Z' })));
    expect([await status('old'), await status('young'), await status('newest')]).toEqual(['granted', 'waiting', 'granted']);
    expect([await state('tea'), await state('cup')]).toMatchObject([{ available: 0 }, { available: 0 }]);
  });

  it('both go where there is enough for both', async () => {
    const { owner, adjust, status } = scene();
    const one = owner();
    await one.work(request('old', old), request('young', young));
    const [tea] = [await adjust('tea', 1), await adjust('cup', 2)];
    await one.work(wake('tea', tea));
    expect([await status('old'), await status('young')]).toEqual(['granted', 'granted']);
  });
});

describe('a shipment that moves to another warehouse', () => {
  const there = { warehouseId: B, code: 'B', priority: 2, checked: true };
  const moved = (quantities: Readonly<Record<string, number>>) =>
    wants(quantities, { kind: 'move', candidates: [there], moves: { shipmentId: 'shipment-at-a' } });

  it('has its units promised there while it keeps its own; the ledger says why, and of which shipment', async () => {
    const { owner, adjust, state, status, store } = scene();
    await adjust('tea', 2, A);
    await adjust('tea', 2, B);
    await owner().work(request('o', wants({ tea: 2 })), request('o', moved({ tea: 2 }), 2));
    expect([await state('tea', A), await state('tea', B)]).toMatchObject([{ allocated: 2 }, { allocated: 2 }]);
    expect([await status('o', 1), await status('o', 2)]).toEqual(['granted', 'granted']);
    const grants = (await store.readStream(itemStream(account, 'tea'))).filter(({ type }) => type === 'UnitsGranted');
    expect(grants.map(({ data }) => [data['kind'], data['reason'], data['reference']])).toEqual([
      ['allocate', undefined, undefined],
      ['allocate', 'moved', 'shipment-at-a'],
    ]);
  });

  it('takes nothing where not all of it fits, does not wait, and is told so', async () => {
    const { owner, adjust, state, status, waiting } = scene();
    await adjust('tea', 2, A);
    await adjust('cup', 1, A);
    await adjust('tea', 2, B);
    const one = owner();
    await one.work(request('o', wants({ tea: 2, cup: 1 })), request('o', moved({ tea: 2, cup: 1 }), 2));
    expect([await status('o', 2), waiting()]).toEqual(['refused', []]);
    const revision = await adjust('cup', 1, B);
    await one.work(wake('cup', revision), request('o', moved({ tea: 2, cup: 1 }), 2));
    expect(await status('o', 2)).toBe('refused');
    expect([await state('tea', A), await state('tea', B)]).toMatchObject([{ allocated: 2 }, { allocated: 0 }]);
  });

  it('ends no waiting of its order, and no later wish of its order ends it', async () => {
    const { owner, adjust, status, waiting } = scene();
    await adjust('tea', 1, A);
    await adjust('tea', 1, B);
    const one = owner();
    await one.work(request('o', wants({ tea: 1 })), request('o', wants({ cup: 1 }), 2), request('o', moved({ tea: 1 }), 3));
    expect([await status('o', 2), await status('o', 3), waiting()]).toEqual(['waiting', 'granted', ['o']]);
    const revision = await adjust('cup', 1, A);
    await one.work(wake('cup', revision));
    expect([await status('o', 2), waiting()]).toEqual(['granted', []]);
  });

  it.each(['AllocationDecided', 'UnitsGranted', 'AllocationGranted'])(
    'is finished by the next owner after a crash before %s',
    async (type) => {
      const { owner, adjust, state, status } = scene();
      await adjust('tea', 2, A);
      await adjust('tea', 2, B);
      await owner().work(request('o', wants({ tea: 2 })));
      const dies = owner();
      dies.before(writes(type), () => Promise.reject(new Error('killed')));
      await expect(dies.work(request('o', moved({ tea: 2 }), 2))).rejects.toThrow('killed');
      expect(await state('tea', A)).toMatchObject({ allocated: 2 });
      await owner().work(request('o', moved({ tea: 2 }), 2));
      expect([await state('tea', A), await state('tea', B)]).toMatchObject([{ allocated: 2 }, { allocated: 2 }]);
      expect(await status('o', 2)).toBe('granted');
    },
  );
});

describe('cancel against allocate', () => {
  it.each(['AllocationDecided', 'UnitsGranted', 'AllocationGranted'])(
    'a withdrawal by another owner just before %s leaves nothing promised',
    async (type) => {
      const { owner, adjust, state, status } = scene();
      await adjust('tea', 5);
      const [old, young] = [owner(), owner()];
      old.before(writes(type), () => young.work(withdrawal('o')));
      await old.work(request('o', wants({ tea: 5 })));
      expect(await state('tea')).toMatchObject({ allocated: 0, available: 5 });
      expect(await status('o')).toBe('ended');
    },
  );

  it('a withdrawal says so in the order before it frees anything: nobody plans on behind its back', async () => {
    const { owner, adjust, status } = scene();
    await adjust('tea', 5);
    const one = owner();
    await one.work(request('o', wants({ tea: 2 })));
    let then: string | undefined;
    one.before(writes('GrantClosed'), async () => (then = await status('o')));
    await one.work(withdrawal('o'));
    expect(then).toBe('withdrawn');
  });

  it('a request that comes after its withdrawal does nothing', async () => {
    const { owner, adjust, state } = scene();
    await adjust('tea', 5);
    const one = owner();
    await one.work(withdrawal('o'));
    await one.work(request('o', wants({ tea: 5 })));
    expect(await state('tea')).toMatchObject({ allocated: 0 });
  });
});

describe('two owners with different plans of one number', () => {
  it('are never taken for one: what the outcome names is what the items have', async () => {
    const { owner, adjust, store, state } = scene();
    await adjust('tea', 2, A);
    const [old, young] = [owner(), owner()];
    old.before(writes('AllocationDecided'), async () => {
      await adjust('tea', -2, A);
      await adjust('tea', 2, B);
      await young.work(request('o', wants({ tea: 2 })));
    });
    await old.work(request('o', wants({ tea: 2 })));
    expect([await state('tea', A), await state('tea', B)]).toMatchObject([{ allocated: 0 }, { allocated: 2 }]);
    const outcomes = (await store.readAll('', 1_000)).events.filter((event) => event.type === 'AllocationGranted');
    expect(outcomes.map((event) => (event.data['units'] as { warehouseId: string }[]).map((unit) => unit.warehouseId))).toEqual([[B]]);
  });

  it('a later attempt ends the waiting of the earlier ones', async () => {
    const { owner, adjust, status, waiting } = scene();
    const one = owner();
    await one.work(request('o', wants({ tea: 1 })));
    await one.work(request('o', wants({ tea: 5 }), 2));
    await one.work(wake('tea', await adjust('tea', 1)));
    expect([await status('o', 1), await status('o', 2)]).toEqual(['waiting', 'waiting']);
    expect(waiting()).toEqual(['o']);
  });
});

describe('a late old owner against a withdrawal', () => {
  it('loses at an item on which the new owner had nothing to free', async () => {
    const { owner, adjust, state, status } = scene();
    await adjust('tea', 5);
    await adjust('cup', 5);
    const [old, young] = [owner(), owner()];
    // The old owner stalls with its plan written and both items loaded: neither has been granted yet.
    old.before(writes('UnitsGranted'), async () => {
      await young.work(withdrawal('o'));
      await young.work(request('other', wants({ tea: 5, cup: 5 })));
    });
    await old.work(request('o', wants({ tea: 5, cup: 5 })));
    expect(await status('o')).toBe('ended');
    expect(await status('other')).toBe('granted');
    expect([await state('tea'), await state('cup')]).toMatchObject([{ allocated: 5 }, { allocated: 5 }]);
  });
});

describe('a grant against an adjustment', () => {
  it('is tried again where it still fits', async () => {
    const { owner, adjust, state, status } = scene();
    await adjust('tea', 5);
    const one = owner();
    one.before(writes('UnitsGranted'), () => adjust('tea', -2));
    await one.work(request('o', wants({ tea: 3 })));
    expect(await state('tea')).toMatchObject({ total: 3, allocated: 3 });
    expect(await status('o')).toBe('granted');
  });

  it('is planned anew where it no longer fits, and takes back what the first plan got', async () => {
    const { owner, adjust, state, status } = scene();
    await adjust('tea', 2, A);
    await adjust('cup', 2, A);
    await adjust('tea', 2, B);
    await adjust('cup', 2, B);
    const one = owner();
    one.before(writes('UnitsGranted', 'cup'), () => adjust('cup', -1, A));
    await one.work(
      request(
        'o',
        wants({ tea: 2, cup: 2 }, { settings: { allowSplitting: false, maximumShipments: null, allowLineSplit: false, partial: false } }),
      ),
    );
    expect([await state('tea', A), await state('cup', A)]).toMatchObject([{ allocated: 0 }, { allocated: 0 }]);
    expect([await state('tea', B), await state('cup', B)]).toMatchObject([{ allocated: 2 }, { allocated: 2 }]);
    expect(await status('o')).toBe('granted');
  });

  it('waits with nothing promised where nothing fits any more', async () => {
    const { owner, adjust, state, status, waiting } = scene();
    await adjust('tea', 2);
    await adjust('cup', 2);
    const one = owner();
    one.before(writes('UnitsGranted', 'cup'), () => adjust('cup', -1));
    await one.work(request('o', wants({ tea: 2, cup: 2 })));
    expect([await state('tea'), await state('cup')]).toMatchObject([{ allocated: 0 }, { allocated: 0 }]);
    expect(await status('o')).toBe('waiting');
    expect(waiting()).toEqual(['o']);
  });
});

describe('a positive change against a refusal', () => {
  it('a refusal on a stale item is taken back', async () => {
    const { owner, adjust, status } = scene();
    await adjust('tea', 1);
    const one = owner();
    await one.work(request('first', wants({ tea: 1 })));
    await adjust('tea', 1);
    await one.work(request('second', wants({ tea: 1 })));
    expect(await status('second')).toBe('granted');
  });

  it('what comes after the refusal wakes the order', async () => {
    const { owner, adjust, status, waiting } = scene();
    const one = owner();
    await one.work(request('o', wants({ tea: 1 })));
    expect(waiting()).toEqual(['o']);
    const revision = await adjust('tea', 1);
    await one.work(wake('tea', revision));
    expect(await status('o')).toBe('granted');
    expect(waiting()).toEqual([]);
  });

  it('wakes the oldest first, passes over who still cannot go, and stops when nothing is left', async () => {
    const { owner, adjust, status } = scene();
    const one = owner();
    const dated = (day: number, quantity: number) => wants({ tea: quantity }, { orderDate: `2026-01-0${day}T00:00:00.000Z` });
    await one.work(request('young', dated(5, 1)), request('big', dated(1, 9)), request('old', dated(2, 2)));
    await one.work(wake('tea', await adjust('tea', 2)));
    expect([await status('big'), await status('old'), await status('young')]).toEqual(['waiting', 'granted', 'waiting']);
  });

  it('who goes on waiting is neither written nor marked anew', async () => {
    const { owner, adjust, status } = scene();
    const one = owner();
    await one.work(...['first', 'second', 'third'].map((orderId) => request(orderId, wants({ tea: 5 }))));
    const tooFew = wake('tea', await adjust('tea', 4));
    let asked = 0;
    one.before(
      ({ stream }) => stream.startsWith('stock.allocation-'),
      async () => void (asked += 1),
    );
    expect(await one.allocator.work(account, [tooFew])).toEqual([]);
    expect(asked).toBe(0);
    expect(await one.allocator.work(account, [wake('tea', await adjust('tea', 1))])).toEqual([
      { orderId: 'first', attempt: 1, waits: null },
    ]);
    expect(await status('first')).toBe('granted');
  });

  it('nobody overtakes who waits, also where the wake-up has not been heard yet', async () => {
    const { owner, adjust, status } = scene();
    const one = owner();
    await one.work(request('waiting', wants({ tea: 1 })));
    await adjust('tea', 1);
    await one.work(request('newcomer', wants({ tea: 1 })));
    expect([await status('waiting'), await status('newcomer')]).toEqual(['granted', 'waiting']);
  });

  it('nobody overtakes who began to wait in the same batch', async () => {
    const { owner, adjust, status } = scene();
    await adjust('tea', 1);
    const one = owner();
    await one.work(request('has it', wants({ tea: 1 })));
    await one.work(request('waits', wants({ tea: 1 })), withdrawal('has it'), request('newcomer', wants({ tea: 1 })));
    expect([await status('waits'), await status('newcomer')]).toEqual(['granted', 'waiting']);
  });
});

describe('a look at stock', () => {
  it('does not believe an event that never arrived', async () => {
    const { owner, adjust, status, state } = scene();
    await adjust('tea', 5);
    const one = owner();
    // A person takes five, in this process; before that is written another process takes one, so the five are refused.
    one.before(checks('tea'), () => Promise.resolve(void one.adjust('tea', -5)));
    one.before(writes('StockAdjusted', 'tea'), () => adjust('tea', -1));
    await one.work(request('o', wants({ tea: 3 })));
    expect(await status('o')).toBe('granted');
    expect(await state('tea')).toMatchObject({ total: 4, allocated: 3 });
  });

  it('is recorded with figures of the very revision that it names', async () => {
    const { owner, adjust, store } = scene();
    await adjust('tea', 5);
    const one = owner();
    one.before(checks('tea'), () => Promise.resolve(void one.adjust('tea', -4)));
    await one.work(request('o', wants({ tea: 1 })), request('p', wants({ tea: 5 })));
    const item = (await store.readStream(itemStream(account, 'tea'))).map(({ type, data }) => ({ type, data }) as ItemEvent);
    const decided = (await store.readAll('', 1_000)).events.flatMap(({ type, data }) =>
      type === 'AllocationDecided' ? [{ type, data } as Extract<AllocationEvent, { type: 'AllocationDecided' }>] : [],
    );
    expect(decided.length).toBeGreaterThan(0);
    for (const { data } of decided) {
      const [seen] = data.record?.seen ?? [];
      const then = item.slice(0, seen?.revision).reduce(itemDecider.evolve, itemDecider.initialState());
      const items = new Map([['tea', { state: then, revision: seen?.revision ?? 0, lastEventId: null, seenAt: '' }]]);
      expect(seen).toEqual(seenBy({ orderId: 'nobody', attempt: 1, wanted: wants({ tea: 1 }) }, items)[0]);
    }
  });

  it('a rise while the waiting are tried is tried too, before anybody younger', async () => {
    const { owner, adjust, status } = scene();
    const one = owner();
    await one.work(request('old', wants({ tea: 3 })));
    await adjust('tea', 1);
    let looks = 0;
    one.before(
      (append) => checks('tea')(append) && (looks += 1) === 2,
      () => Promise.resolve(void one.adjust('tea', 2)),
    );
    await one.work(request('big', wants({ tea: 9 })));
    await one.work(request('young', wants({ tea: 3 })));
    expect([await status('old'), await status('young')]).toEqual(['granted', 'waiting']);
  });
});

describe('a crash', () => {
  const crash = () => Promise.reject(new Error('crash'));

  it.each(['AllocationDecided', 'UnitsGranted', 'AllocationGranted'])(
    'just before %s: the same request again completes it',
    async (type) => {
      const { owner, adjust, state, status } = scene();
      await adjust('tea', 5);
      await adjust('cup', 5);
      const first = owner();
      first.before(writes(type), crash);
      const asked = request('o', wants({ tea: 2, cup: 2 }));
      await expect(first.work(asked)).rejects.toThrow('crash');
      await owner().work(asked);
      expect(await status('o')).toBe('granted');
      expect([await state('tea'), await state('cup')]).toMatchObject([{ allocated: 2 }, { allocated: 2 }]);
    },
  );

  it('after the plan: whoever is reminded of it finishes it', async () => {
    const { owner, adjust, state, status } = scene();
    await adjust('tea', 5);
    const first = owner();
    first.before(writes('UnitsGranted'), crash);
    await expect(first.work(request('o', wants({ tea: 2 })))).rejects.toThrow('crash');
    await owner().work(finish('o', 2));
    expect(await status('o')).toBe('granted');
    expect(await state('tea')).toMatchObject({ allocated: 2 });
  });

  it('between two grants of a waiting order: the wake-up finishes it although nothing is available', async () => {
    const { owner, adjust, state, status } = scene();
    await adjust('cup', 1);
    const first = owner();
    await first.work(request('o', wants({ tea: 1, cup: 1 })));
    const revision = await adjust('tea', 1);
    let grants = 0;
    first.before((append) => writes('UnitsGranted')(append) && (grants += 1) === 2, crash);
    await expect(first.work(wake('tea', revision))).rejects.toThrow('crash');
    await owner().work(wake('tea', revision));
    expect(await status('o')).toBe('granted');
    expect([await state('tea'), await state('cup')]).toMatchObject([{ allocated: 1 }, { allocated: 1 }]);
  });

  it('in the middle of a withdrawal: the same withdrawal again completes it', async () => {
    const { owner, adjust, state, status } = scene();
    await adjust('tea', 5);
    const first = owner();
    await first.work(request('o', wants({ tea: 2 })));
    first.before(writes('GrantClosed'), crash);
    const asked = withdrawal('o');
    await expect(first.work(asked)).rejects.toThrow('crash');
    await owner().work(asked);
    expect(await status('o')).toBe('ended');
    expect(await state('tea')).toMatchObject({ allocated: 0 });
  });
});

describe('a hold', () => {
  const holds = (lines: Record<string, number>) => wants(lines, { kind: 'hold' });
  const takesOver = (lines: Record<string, number>) => wants(lines, { holdAttempt: 1 });

  it('keeps what there is and never waits', async () => {
    const { owner, adjust, state, status, waiting } = scene();
    await adjust('tea', 2);
    await owner().work(request('o', holds({ tea: 5 })));
    expect(await state('tea')).toMatchObject({ held: 2, allocated: 0, available: 0 });
    expect(await status('o')).toBe('held');
    expect(waiting()).toEqual([]);
  });

  it('becomes an allocation without its units being free in between', async () => {
    const { owner, adjust, state, status } = scene();
    await adjust('tea', 2);
    const one = owner();
    await one.work(request('o', holds({ tea: 2 })));
    await one.work(request('o', takesOver({ tea: 2 }), 2), request('thief', wants({ tea: 1 })));
    expect(await state('tea')).toMatchObject({ held: 0, allocated: 2 });
    expect([await status('o', 1), await status('o', 2), await status('thief')]).toEqual(['ended', 'granted', 'waiting']);
  });

  it('asked for before another order has the units, also in one batch', async () => {
    const { owner, adjust, status, state } = scene();
    await adjust('tea', 1);
    await owner().work(request('o', holds({ tea: 1 })), request('p', wants({ tea: 1 })));
    expect(await state('tea')).toMatchObject({ held: 1, allocated: 0 });
    expect([await status('o'), await status('p')]).toEqual(['held', 'waiting']);
  });

  it('is freed when not everything that must go together can go', async () => {
    const { owner, adjust, state, status } = scene();
    await adjust('tea', 2);
    const one = owner();
    await one.work(request('o', holds({ tea: 2, cup: 1 })));
    await one.work(request('o', takesOver({ tea: 2, cup: 1 }), 2));
    expect(await state('tea')).toMatchObject({ held: 0, allocated: 0 });
    expect([await status('o', 1), await status('o', 2)]).toEqual(['ended', 'waiting']);
  });

  it('that is freed goes to who waits for it, not to who comes next in the same batch', async () => {
    const { owner, adjust, status } = scene();
    await adjust('tea', 2);
    const one = owner();
    await one.work(request('o', holds({ tea: 2 })), request('waits', wants({ tea: 2 })));
    await one.work(request('o', takesOver({ tea: 2, cup: 1 }), 2), request('next', wants({ tea: 1 })));
    expect([await status('o', 2), await status('waits'), await status('next')]).toEqual(['waiting', 'granted', 'waiting']);
  });
});
