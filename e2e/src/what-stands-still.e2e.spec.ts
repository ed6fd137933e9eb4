import { Client } from 'pg';
import { randomUUID } from 'node:crypto';
import { freePort } from '@stockproof/service-host/testing';
import { postgresBus } from '@stockproof/integration-bus-postgres';
import { allocationRequestedV1 } from '@stockproof/sales-contracts';
import { commandLine } from './testing/command-line';
import { succeed } from './testing/http-client';
import { newInstallation, type Installation } from './testing/installation';
import { address, eventually, newMerchant, orderOf, placeOrder, type Merchant } from './testing/merchant';
import { openShop, orderWhen, tell } from './testing/order-desk';
import { startSimulator, type Simulator } from './testing/simulator';

type Job = { readonly kind: string; readonly subject: string; readonly failures: number; readonly lastError: string | null };
type Parked = { readonly group: string; readonly orderingKey: string; readonly reason: string; readonly events: number };
type Levels = readonly { readonly sku: string; readonly warehouseCode: string; readonly total: number }[];

/** Far above what a message takes on a busy machine, far below what anything would take that waits for the poison or the dead channel. */
const boundSeconds = 30;

describe('what stands still', () => {
  let installation: Installation;
  let simulator: Simulator;
  let merchant: Merchant;
  let deadPort: number;

  beforeAll(async () => {
    simulator = await startSimulator();
    deadPort = await freePort();
    installation = await newInstallation({ STOCKPROOF_OUTBOUND_ALLOW: `${new URL(simulator.url).host},127.0.0.1:${deadPort}` });
    await installation.start('all-in-one');
    merchant = await newMerchant(installation, simulator);
    await openShop(merchant, [
      { sku: 'TEA', warehouse: 'NORTH', quantity: 50 },
      { sku: 'CUP', warehouse: 'SOUTH', quantity: 50 },
      // Nobody orders it: what a view shows of it is changed by who finds some alone.
      { sku: 'JAR', warehouse: 'SOUTH', quantity: 50 },
    ]);
  }, 180_000);
  afterAll(async () => {
    await installation.remove();
    await simulator.stop();
  });

  const metric = async (name: string, ...labels: readonly string[]): Promise<number> => {
    const page = await (await fetch(`http://127.0.0.1:${Number(new URL(installation.base).port) + 6}/metrics`)).text();
    const lines = page
      .split('\n')
      .filter((line) => line.startsWith(`stockproof_${name}{`) && labels.every((label) => line.includes(label)));
    return Math.max(...lines.map((line) => Number(line.split(' ').at(-1))));
  };

  describe('because a message is poison and a channel dead, both at once', () => {
    const jobOf = async (warehouseId: string): Promise<Job | undefined> => {
      const { body } = await succeed(merchant.get('sales', '/jobs?limit=100'));
      return (body['items'] as readonly Job[]).find(({ kind, subject }) => kind === 'export-shipments' && subject.includes(warehouseId));
    };
    const reach = (warehouseId: string, endpointUrl: string) => {
      const fulfillmentChannel = { applicationType: 'connector', connector: 'generic-http', endpointUrl };
      const path = merchant.of('tenancy', `/warehouses/${warehouseId}`);
      return succeed(merchant.call('PUT', path, { token: merchant.token, body: { fulfillmentChannel } }));
    };
    /** What no version of sales says: an attempt of an order without what it wants. */
    const poison = async (orderId: string): Promise<void> => {
      const bus = postgresBus({ url: installation.databaseUrl() });
      const id = randomUUID();
      const { accountId, organizationId } = merchant;
      try {
        await bus.publish([
          {
            ...{
              id,
              type: allocationRequestedV1.type,
              source: `stockproof/testing/${id}`,
              subject: orderId,
              time: new Date().toISOString(),
            },
            ...{
              topic: allocationRequestedV1.topic,
              partitionKey: accountId,
              orderingKey: `${accountId}/${orderId}`,
              organizationId,
              accountId,
            },
            ...{ sequence: 1, sourcePosition: '1', ordinal: 0, correlationId: id, causationId: id, data: { orderId, attempt: 1 } },
          },
        ]);
      } finally {
        await bus.close();
      }
    };
    const parked = async () => (await succeed(merchant.get('stock', '/parked-keys'))).body['items'] as readonly Parked[];

    it('is that order and that warehouse alone; both are shown with their reasons, and go on when mended', async () => {
      const { NORTH, SOUTH } = merchant.warehouses;
      await reach(SOUTH, `http://127.0.0.1:${deadPort}/warehouses/gone`);
      const poisoned = await placeOrder(merchant, { orderNumber: 'POISONED-OK', status: 'draft', lines: [{ sku: 'TEA', quantity: 1 }] });
      await poison(poisoned);
      const [{ orderingKey, reason } = { orderingKey: '', reason: '' }] = await eventually(parked, (keys) => keys.length === 1);
      await tell(merchant, poisoned, 'approve');
      const south = await placeOrder(merchant, { orderNumber: 'TO-THE-DEAD-OK', warehouseId: SOUTH, lines: [{ sku: 'CUP', quantity: 1 }] });
      await orderWhen(merchant, south, ({ status }) => status === 'fulfilling');
      await eventually(
        () => jobOf(SOUTH),
        (job) => (job?.failures ?? 0) > 1,
      );

      const began = performance.now();
      const others = await Promise.all(
        Array.from({ length: 10 }, (_, n) =>
          placeOrder(merchant, { orderNumber: `FLOWS-${n}-OK`, warehouseId: NORTH, lines: [{ sku: 'TEA', quantity: 1 }] }),
        ),
      );
      await Promise.all(others.map((orderId) => orderWhen(merchant, orderId, ({ status }) => status === 'shipped')));
      const seconds = (performance.now() - began) / 1_000;
      const lag = await metric('consumer_behind_seconds', 'service="stock"');
      expect([seconds < boundSeconds, lag < boundSeconds]).toEqual([true, true]);

      // Who would wait behind either of them would wait still.
      expect((await orderOf(merchant, poisoned))?.status).toBe('approved');
      expect((await orderOf(merchant, south))?.shipments.map(({ status }) => status)).toEqual(['ready-to-send']);
      const [dead, living] = [await jobOf(SOUTH), await jobOf(NORTH)];
      expect([dead?.lastError, living?.failures, living?.lastError]).toEqual([expect.stringMatching(/not answered/), 0, null]);
      expect([orderingKey, await parked()]).toEqual([
        expect.stringContaining(poisoned),
        [expect.objectContaining({ group: 'stock.allocation', orderingKey, reason, events: 2 })],
      ]);
      const shown = await commandLine(installation)('parked', 'show', 'stock', 'stock.allocation', orderingKey);
      expect(shown.out).toContain(reason.split('\n')[0]);
      expect(await metric('parked_keys', 'service="stock"')).toBe(1);
      process.stdout.write(`${JSON.stringify({ seconds, lag, parked: await parked(), dead }, null, 2)}\n`);

      await succeed(
        merchant.post('stock', `/parked-keys/stock.allocation/${encodeURIComponent(orderingKey)}/skip`, { reason: 'says nothing' }),
      );
      await reach(SOUTH, `${simulator.url}/warehouses/revived`);
      for (const orderId of [poisoned, south]) await orderWhen(merchant, orderId, ({ status }) => status === 'shipped');
      expect(await parked()).toEqual([]);
    }, 180_000);
  });

  describe('because a view is behind', () => {
    const total = (body: Readonly<Record<string, unknown>>): number | undefined =>
      (body['items'] as Levels).find(({ sku, warehouseCode }) => sku === 'JAR' && warehouseCode === 'SOUTH')?.total;
    const found = () =>
      succeed(merchant.post('stock', '/adjustments', { sku: 'JAR', warehouseId: merchant.warehouses.SOUTH, by: 1, reason: 'found' }));
    const ask = (path: string, more: RequestInit = {}, token?: string) =>
      fetch(merchant.base + merchant.of('stock', path), {
        ...more,
        headers: {
          authorization: `Bearer ${merchant.token}`,
          'content-type': 'application/json',
          ...(token === undefined ? {} : { 'stockproof-min-position': token }),
        },
      });

    it('is told to whoever names a position, whatever is read; nobody else would notice', async () => {
      const client = new Client({ connectionString: installation.databaseUrl() });
      await client.connect();
      try {
        const before = total((await succeed(merchant.get('stock', '/levels?sku=JAR'))).body) ?? 0;
        await client.query('begin; select from stock_views.projection_checkpoints for update');
        const token = (await found()).headers.get('stockproof-position') ?? '';
        const levels = await ask('/levels?sku=JAR');
        expect([levels.status, total((await levels.json()) as Record<string, unknown>)]).toEqual([200, before]);
        const body = JSON.stringify({ skus: ['JAR'], warehouseIds: [merchant.warehouses.SOUTH] });
        const behind = await Promise.all([
          ask('/levels?sku=JAR', {}, token),
          ask('/movements?sku=JAR', {}, token),
          ask('/levels/changes', {}, token),
          ask('/availability', { method: 'POST', body }, token),
        ]);
        for (const answer of behind)
          expect([answer.status, answer.headers.get('retry-after'), ((await answer.json()) as { readonly code: string }).code]).toEqual([
            503,
            '1',
            'projection-behind',
          ]);
        expect(await metric('projection_behind_seconds', 'service="stock"', 'view="stock-levels"')).toBeGreaterThan(1);
        await client.query('rollback');
        const { body: now } = await succeed(
          merchant.call('GET', merchant.of('stock', '/levels?sku=JAR'), {
            token: merchant.token,
            headers: { 'stockproof-min-position': token },
          }),
        );
        expect(total(now)).toBe(before + 1);
      } finally {
        await client.end();
      }
    }, 60_000);

    it('never hides what one has written oneself: many at once, each reads what it wrote', async () => {
      const writer = async () => {
        for (let n = 0; n < 10; n += 1) {
          const written = await found();
          const headers = { 'stockproof-min-position': written.headers.get('stockproof-position') ?? '' };
          const path = merchant.of('stock', `/movements?sku=JAR&limit=100`);
          const position = written.headers.get('stockproof-position')?.split(':')[1] ?? '?';
          const { body } = await succeed(merchant.call('GET', path, { token: merchant.token, headers }));
          expect((body['items'] as readonly { readonly position: string }[]).map((each) => each.position)).toContain(position);
        }
      };
      await Promise.all(Array.from({ length: 5 }, writer));
    }, 60_000);
  });

  describe('because a service has not heard yet what others said', () => {
    const order = (number: string, sku: string) => {
      const key = randomUUID();
      return async () => {
        const path = merchant.base + merchant.of('sales', '/sales-orders');
        const answer = await fetch(path, {
          method: 'POST',
          headers: { authorization: `Bearer ${merchant.token}`, 'content-type': 'application/json', 'idempotency-key': key },
          body: JSON.stringify({ orderNumber: number, status: 'draft', shipTo: address, lines: [{ sku, quantity: 1 }] }),
        });
        const { code } = (await answer.json()) as { readonly code?: string };
        return [answer.status, code, answer.headers.get('retry-after')];
      };
    };

    it('is no refusal: who orders what sales has not heard of comes again under the same key; what nobody said is refused then', async () => {
      const client = new Client({ connectionString: installation.databaseUrl() });
      await client.connect();
      const [known, unknown] = [order('HEARD-LATE', 'LATE'), order('NEVER-SAID', 'NEVER')];
      try {
        await client.query('begin; lock table sales.known_variants in share mode');
        await succeed(merchant.post('catalog', '/variants', { sku: 'LATE', name: 'Heard of late' }));
        // Until catalog has told it, nothing is known to be missing.
        await eventually(
          () => metric('consumer_behind_seconds', 'service="sales"', 'group="sales.variants"'),
          (seconds) => seconds > 0,
        );
        for (const ask of [known, unknown]) expect(await ask()).toEqual([503, 'not-heard-yet', '1']);
        await client.query('rollback');
        const [late, never] = await Promise.all([known, unknown].map((ask) => eventually(ask, ([status]) => status !== 503)));
        expect([late, never]).toEqual([
          [201, undefined, null],
          [422, 'unknown-sku', null],
        ]);
      } finally {
        await client.end();
      }
    }, 60_000);
  });
});
