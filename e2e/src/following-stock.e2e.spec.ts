import { isDeepStrictEqual } from 'node:util';
import { Client } from 'pg';
import { FollowedOrder } from '@stockproof/sales-service/testing';
import { succeed } from './testing/http-client';
import { newInstallation, type Installation } from './testing/installation';
import { eventually, newMerchant, placeOrder, stockUp, type Merchant } from './testing/merchant';
import { levelsWhen, openShop, orderWhen, placeHold } from './testing/order-desk';

type Figure = { readonly warehouseId: string; readonly kind: string; readonly total: number; readonly available: number };
type Change = { readonly sku: string; readonly previousSequence: number; readonly sequence: number; readonly figures: readonly Figure[] };
type StockChanged = {
  readonly type: string;
  readonly id: string;
  readonly data: {
    readonly sku: string;
    readonly changes: readonly (Readonly<Record<string, number>> & { readonly warehouseId: string })[];
  };
};
type OrderTold = { readonly id: string; readonly subject: string; readonly type: string; readonly data: unknown };
const quantities = ['total', 'unsellable', 'allocated', 'held', 'incoming'] as const;

/** Somebody outside who began with nothing and believes only what is told. */
class Follower {
  readonly figures = new Map<string, readonly Figure[]>();
  readonly sequences = new Map<string, number>();
  readonly faults: string[] = [];
  private next: string | null = null;

  /** Reads on; false where nothing had come. */
  async read(merchant: Merchant, waitMs = 0): Promise<boolean> {
    const after = this.next === null ? '' : `&after=${encodeURIComponent(this.next)}`;
    const { status, body } = await merchant.get('stock', `/levels/changes?limit=2&waitMs=${waitMs}${after}`);
    // Views that were dropped answer nothing until they are filled again.
    if (status !== 200) return true;
    const changes = body['changes'] as readonly Change[];
    for (const { sku, previousSequence, sequence, figures } of changes) {
      const known = this.sequences.get(sku) ?? 0;
      if (previousSequence !== known || sequence <= previousSequence)
        this.faults.push(`${sku} ${known}: ${previousSequence} to ${sequence}`);
      this.sequences.set(sku, sequence);
      this.figures.set(sku, figures);
    }
    this.next = body['next'] as string | null;
    return changes.length > 0;
  }
}

const levelsBySku = async (merchant: Merchant): Promise<Readonly<Record<string, readonly Figure[]>>> => {
  const { body } = await succeed(merchant.get('stock', '/levels?limit=100'));
  const items = body['items'] as readonly (Figure & { readonly sku: string; readonly warehouseCode: string; readonly position: string })[];
  const figures = items.map(({ warehouseCode: _, position: __, ...figure }) => figure);
  return Object.fromEntries(
    [...Map.groupBy(figures, ({ sku }) => sku)].map(([sku, of]) => [sku, of.map(({ sku: _, ...figure }) => figure)]),
  );
};

describe('whoever follows stock from outside', () => {
  let installation: Installation;
  let merchant: Merchant;
  const skus = ['TEA', 'CUP', 'POT'];

  beforeAll(async () => {
    installation = await newInstallation();
    await installation.start('all-in-one');
    merchant = await newMerchant(installation, null);
    await openShop(merchant, [
      { sku: 'TEA', warehouse: 'NORTH', quantity: 40 },
      { sku: 'CUP', warehouse: 'NORTH', quantity: 40 },
      { sku: 'POT', warehouse: 'SOUTH', quantity: 40 },
    ]);
  }, 180_000);
  afterAll(() => installation.remove());

  const drop = async (tables: string): Promise<void> => {
    const client = new Client({ connectionString: installation.databaseUrl() });
    await client.connect();
    await client.query(`drop table ${tables}`).finally(() => client.end());
  };

  /** The feed of a service from its beginning. */
  const everyEvent = async (
    service: 'stock' | 'sales',
    type?: string,
    next: string | null = null,
  ): Promise<readonly { readonly id: string }[]> => {
    const after = next === null ? '' : `&after=${encodeURIComponent(next)}`;
    const { body } = await succeed(merchant.get(service, `/events?limit=37${type === undefined ? '' : `&type=${type}`}${after}`));
    const events = body['events'] as readonly { readonly id: string }[];
    return body['next'] === next ? events : [...events, ...(await everyEvent(service, type, body['next'] as string))];
  };

  /** While the view that knows the warehouses is filled again, stock takes nothing for them. */
  const found = (sku: string, warehouseId: string, by: number) =>
    eventually(
      () => merchant.post('stock', '/adjustments', { sku, warehouseId, by, reason: 'found' }),
      ({ status }) => status === 201,
    );

  /** Orders and goods come; in between the product dies, and later its views are lost. */
  const load = async (): Promise<void> => {
    const { SOUTH } = merchant.warehouses;
    for (let round = 0; round < 24; round += 1) {
      await found(skus[round % 3] ?? 'TEA', SOUTH, 1 + round);
      await placeOrder(merchant, { orderNumber: `LOAD-${round}`, lines: [{ sku: skus[(round + 1) % 3] ?? 'TEA', quantity: 1 }] });
      if (round === 8) {
        await installation.kill();
        await installation.start('all-in-one');
      }
      if (round === 16) await drop('stock_views.stock_level_changes_v1, stock_views.stock_levels_v1');
    }
    await eventually(
      () => merchant.get('sales', '/sales-orders?limit=100'),
      ({ body }) => (body['items'] as readonly { readonly status: string }[]).filter(({ status }) => status === 'fulfilling').length === 24,
    );
  };

  it('misses nothing and hears nothing twice, while orders come, the product is killed and its views are lost', async () => {
    const follower = new Follower();
    let loading = true;
    const following = (async () => {
      while (loading) await follower.read(merchant, 200);
    })();
    try {
      await load();
    } finally {
      loading = false;
      await following;
    }
    const last = await found('TEA', merchant.warehouses.SOUTH, 1);
    // The views have read all that has happened so far.
    const { call, token } = merchant;
    const headers = { 'stockproof-min-position': last.headers.get('stockproof-position') ?? '' };
    await succeed(call('GET', merchant.of('stock', '/levels/changes?limit=1'), { token, headers }));
    while (await follower.read(merchant));
    const late = new Follower();
    while (await late.read(merchant));
    const levels = await levelsBySku(merchant);
    expect([follower.faults, late.faults]).toEqual([[], []]);
    expect(Object.fromEntries(follower.figures)).toEqual(levels);
    expect(Object.fromEntries(late.figures)).toEqual(levels);
    expect(follower.sequences).toEqual(late.sequences);
  }, 180_000);

  it('ends with the levels from the public events alone', async () => {
    const sums = new Map<string, Record<string, number>>();
    const events = await everyEvent('stock', 'stockproof.stock.stock-changed.v1');
    for (const { data } of events as readonly StockChanged[])
      for (const change of data.changes) {
        const sum = sums.get(`${data.sku} ${change.warehouseId}`) ?? Object.fromEntries(quantities.map((name) => [name, 0]));
        for (const name of quantities) sum[name] = (sum[name] ?? 0) + (change[name] ?? 0);
        sums.set(`${data.sku} ${change.warehouseId}`, sum);
      }
    const levels = Object.entries(await levelsBySku(merchant)).flatMap(([sku, of]) =>
      of
        .filter(({ kind }) => kind === 'physical')
        .map((figure) => [
          `${sku} ${figure.warehouseId}`,
          Object.fromEntries(quantities.map((name) => [name, (figure as unknown as Record<string, number>)[name]])),
        ]),
    );
    expect(Object.fromEntries(sums)).toEqual(Object.fromEntries(levels));
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  }, 60_000);

  it('ends with the status of every order from the public events alone', async () => {
    const followed = new Map<string, FollowedOrder>();
    for (const { subject, ...event } of (await everyEvent('sales')) as readonly OrderTold[]) {
      const order = followed.get(subject) ?? new FollowedOrder();
      followed.set(subject, order);
      order.hear(event);
    }
    const { body } = await succeed(merchant.get('sales', '/sales-orders?limit=100'));
    const orders = body['items'] as readonly { readonly orderId: string; readonly status: string; readonly backordered: boolean }[];
    expect(Object.fromEntries([...followed].map(([id, order]) => [id, [order.status(), order.backordered]]))).toEqual(
      Object.fromEntries(orders.map(({ orderId, status, backordered }) => [orderId, [status, backordered]])),
    );
    expect(new Set(orders.map(({ status }) => status)).size).toBeGreaterThan(2);
  }, 60_000);

  describe('of virtual warehouses', () => {
    type Available = {
      readonly sku: string;
      readonly warehouseId: string;
      readonly available: number | null;
      readonly publishable: number | null;
    };
    const available = async (wanted: readonly string[], warehouseIds: readonly string[], more: object = {}) => {
      const { body } = await succeed(merchant.post('stock', '/availability', { skus: wanted, warehouseIds, ...more }));
      return (body['figures'] as readonly Available[]).map(({ available: there, publishable }) => [there, publishable]);
    };
    let third: string;
    let wide: string;

    it('adds up each of several over the same goods, and promises no unit twice over them', async () => {
      const { call, token, organizationId, warehouses } = merchant;
      const create = async (body: object) =>
        String(
          (await succeed(call('POST', `/v1/tenancy/organizations/${organizationId}/warehouses`, { token, body }))).body['warehouseId'],
        );
      third = await create({ code: 'THIRD', name: 'Third', kind: 'physical' });
      wide = await create({ code: 'WIDE', name: 'Wide', kind: 'virtual', members: [warehouses.NORTH, third] });
      for (const id of [third, wide]) await succeed(call('PUT', merchant.of('tenancy', `/warehouses/${id}`), { token, body: {} }));
      await stockUp(merchant, [{ sku: 'JAR', warehouse: 'NORTH', quantity: 5 }]);
      await levelsWhen(merchant, { 'JAR NORTH': '5/0/0/5', 'JAR BOTH': '5/0/0/5', 'JAR WIDE': '5/0/0/5' });
      const orders = ['A', 'B', 'C', 'D'].map((name, at) =>
        placeOrder(merchant, {
          orderNumber: `JAR-${name}`,
          warehouseId: at % 2 === 0 ? warehouses.BOTH : wide,
          lines: [{ sku: 'JAR', quantity: 2 }],
        }),
      );
      const settled = await Promise.all(
        (await Promise.all(orders)).map(async (orderId) => ({
          ...(await orderWhen(merchant, orderId, ({ status, backordered }) => status === 'fulfilling' || backordered)),
          orderId,
        })),
      );
      expect(settled.filter(({ status }) => status === 'fulfilling')).toHaveLength(2);
      // Who of them came first is chance: nobody is left to take what comes into the south later.
      for (const { orderId, backordered } of settled)
        if (backordered) await succeed(merchant.post('sales', `/sales-orders/${orderId}/cancel`, { reason: 'it took too long' }));
      await levelsWhen(merchant, { 'JAR NORTH': '5/4/0/1', 'JAR BOTH': '5/4/0/1', 'JAR WIDE': '5/4/0/1' });
    }, 90_000);

    it('places holds on members and follows them when they move', async () => {
      const { NORTH, SOUTH, BOTH } = merchant.warehouses;
      await stockUp(merchant, [
        { sku: 'LID', warehouse: 'NORTH', quantity: 3 },
        { sku: 'LID', warehouse: 'SOUTH', quantity: 3 },
      ]);
      await levelsWhen(merchant, { 'LID BOTH': '6/0/0/6', 'LID WIDE': '3/0/0/3' });
      const held = await placeHold(merchant, { orderNumber: 'HELD', warehouseId: BOTH, lines: [{ sku: 'LID', quantity: 2 }] });
      await levelsWhen(merchant, { 'LID NORTH': '3/0/2/1', 'LID BOTH': '6/0/2/4', 'LID WIDE': '3/0/2/1' });
      await succeed(merchant.post('stock', `/holds/${held}/move`, { fromWarehouseId: NORTH, toWarehouseId: SOUTH }));
      await levelsWhen(merchant, { 'LID NORTH': '3/0/0/3', 'LID SOUTH': '3/0/2/1', 'LID BOTH': '6/0/2/4', 'LID WIDE': '3/0/0/3' });
    }, 60_000);

    it('publishes nothing of an oversold member and lets it hide nothing; bundles count apart or together', async () => {
      const { NORTH, SOUTH, BOTH } = merchant.warehouses;
      await succeed(
        merchant.post('catalog', '/variants', {
          sku: 'SET',
          name: 'A set',
          components: [
            { sku: 'JAR', quantity: 1 },
            { sku: 'LID', quantity: 2 },
          ],
        }),
      );
      const oversold = await merchant.post('stock', '/adjustments', { sku: 'JAR', warehouseId: NORTH, by: -3, reason: 'lost' });
      expect(oversold.status).toBe(201);
      await found('JAR', SOUTH, 6);
      await levelsWhen(merchant, { 'JAR NORTH': '2/4/0/-2', 'JAR SOUTH': '6/0/0/6', 'JAR BOTH': '8/4/0/4' });
      expect(await available(['JAR'], [NORTH, SOUTH, BOTH])).toEqual([
        [-2, 0],
        [6, 6],
        [4, 6],
      ]);
      // One lid is free in the south, three in the north, where no jar is.
      await eventually(
        () => available(['SET'], [NORTH, SOUTH, BOTH], { maySplit: true }),
        (seen) => JSON.stringify(seen) === '[[0,0],[0,0],[2,2]]',
      );
      expect(await available(['SET'], [BOTH], { maySplit: false })).toEqual([[0, 0]]);
    }, 60_000);

    it('changes its figures with its members, and the follower hears of it', async () => {
      const { call, token, organizationId, warehouses } = merchant;
      const follower = new Follower();
      const upToDate = async () => {
        while (await follower.read(merchant));
        return isDeepStrictEqual(Object.fromEntries(follower.figures), await levelsBySku(merchant));
      };
      await eventually(upToDate, (same) => same);
      const before = new Map(follower.sequences);
      const members = [warehouses.SOUTH, third];
      await succeed(call('PUT', `/v1/tenancy/organizations/${organizationId}/warehouses/${wide}/members`, { token, body: { members } }));
      await levelsWhen(merchant, { 'JAR WIDE': '6/0/0/6', 'LID WIDE': '3/0/2/1', 'JAR BOTH': '8/4/0/4' });
      expect(await available(['JAR'], [wide])).toEqual([[6, 6]]);
      while (await follower.read(merchant));
      expect(Object.fromEntries(follower.figures)).toEqual(await levelsBySku(merchant));
      expect([follower.faults, (follower.sequences.get('JAR') ?? 0) - (before.get('JAR') ?? 0)]).toEqual([[], 1]);
    }, 60_000);

    it('answers each figure by itself', async () => {
      const { body } = await succeed(
        merchant.post('stock', '/availability', {
          skus: ['jar', 'NEVER-HEARD-OF'],
          warehouseIds: [merchant.warehouses.SOUTH, merchant.accountId],
        }),
      );
      expect((body['figures'] as readonly { readonly outcome: string }[]).map(({ outcome }) => outcome)).toEqual([
        'figure',
        'unknown-warehouse',
        'unknown-sku',
        'unknown-sku',
      ]);
      const many = await merchant.post('stock', '/availability', {
        skus: Array.from({ length: 1_001 }, (_, at) => `S${at}`),
        warehouseIds: [wide, third],
      });
      expect([many.status, (many.body['errors'] as readonly { readonly pointer: string }[]).map(({ pointer }) => pointer)]).toEqual([
        400,
        ['/skus', '/warehouseIds'],
      ]);
    }, 60_000);
  });
});
