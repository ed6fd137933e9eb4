import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { startSimulator, type Simulator } from './start-simulator';

type Answer = Readonly<Record<string, unknown>> & {
  readonly items?: readonly { readonly shipmentId: string; readonly updateId: string; readonly change: object }[];
};

const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
const journalFile = join(folder, 'journal.jsonl');
let simulator: Simulator;
let made = 0;

const call = async (method: string, path: string, body?: object, effectId = `e-${(made += 1)}`) => {
  const headers = { 'idempotency-key': effectId, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
  const answer = await fetch(`${simulator.url}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return { status: answer.status, body: (await answer.json()) as Answer };
};

const eventually = async (probe: () => boolean | Promise<boolean>) => {
  const end = Date.now() + 10_000;
  while (!(await probe())) {
    if (Date.now() > end) throw new Error('it did not happen');
    await new Promise((next) => setImmediate(next));
  }
};

const lines = [
  { lineNumber: 1, sku: 'MUG', quantity: 4 },
  { lineNumber: 2, sku: 'LID', quantity: 2 },
];
const send = (warehouse: string, suffix: string, effectId?: string) =>
  call(
    'POST',
    `/warehouses/${warehouse}/shipments`,
    { shipmentId: `S-${warehouse}-${suffix}`, orderNumber: `SO-${suffix}`, lines },
    effectId,
  );
const advance = (warehouse: string, calls: number) => call('POST', `/warehouses/${warehouse}/advance`, { calls });
const journal = async (query: string) =>
  (await call('GET', `/journal?limit=10000&${query}`)).body['entries'] as readonly Readonly<Record<string, unknown>>[];
const updates = async (warehouse: string) =>
  ((await call('GET', `/warehouses/${warehouse}/shipment-updates`)).body.items ?? []).map(({ change }) => change);
const totals = (...quantities: readonly number[]) =>
  quantities.map((shippedQuantity, at) => expect.objectContaining({ lineNumber: at + 1, shippedQuantity }));

beforeAll(async () => {
  simulator = await startSimulator({ port: 0, journalFile });
});
afterAll(async () => {
  await simulator.stop();
  rmSync(folder, { recursive: true });
});

describe('what shipments do by their order number', () => {
  it.each([
    ['OK', [{ kind: 'shipped', completion: 'complete', lines: totals(4, 2) }]],
    [
      '2STEP',
      [
        { completion: 'more-expected', lines: totals(2, 1) },
        { completion: 'complete', lines: totals(4, 2) },
      ],
    ],
    ['SHORT', [{ completion: 'closed-short', lines: totals(4, 1) }]],
    ['LATE', [{ completion: 'complete', lines: totals(4, 2) }]],
    [
      'TWICE',
      [
        { completion: 'complete', lines: totals(4, 2) },
        { completion: 'complete', lines: totals(4, 2) },
      ],
    ],
    ['CANCEL', [{ kind: 'cancelled' }]],
    ['WAIT', []],
  ])('-%s', async (suffix, expected) => {
    expect((await send(`W-${suffix}`, suffix)).status).toBe(201);
    await advance(`W-${suffix}`, 20);
    expect(await updates(`W-${suffix}`)).toMatchObject(expected);
  });

  it('-LATE lets nine calls go by', async () => {
    await send('LATER', 'LATE');
    await advance('LATER', 8);
    expect(await updates('LATER')).toEqual([]);
    expect(await updates('LATER')).toHaveLength(1);
  });

  it('-REFUSE takes nothing', async () => {
    expect(await send('NO', 'REFUSE')).toMatchObject({ status: 422, body: { code: 'refused' } });
    expect(await journal('place=warehouses/NO')).toMatchObject([{ kind: 'shipment-refused' }]);
  });

  it('-LOST does the work once, and answers from the second time on', async () => {
    await expect(send('LOSING', 'LOST', 'lost-1')).rejects.toThrow('fetch failed');
    const again = await send('LOSING', 'LOST', 'lost-1');
    expect(again).toMatchObject({ status: 201, body: { externalId: 'LOSING-1' } });
    expect(await send('LOSING', 'LOST', 'lost-1')).toEqual(again);
    expect(await journal('place=warehouses/LOSING&kind=shipment-taken')).toHaveLength(1);
  });
});

describe('what a warehouse has', () => {
  it('counts what came in and what left, and never reports what it never heard of', async () => {
    await call('PUT', '/warehouses/COUNT/stock', { rows: [{ sku: 'MUG', quantity: 10 }] });
    await call('PUT', '/warehouses/COUNT/settings', { automatic: false, meaning: 'available' });
    await send('COUNT', 'OK');
    expect((await call('GET', '/warehouses/COUNT/stock-levels')).body).toMatchObject({
      meaning: 'available',
      rows: [{ sku: 'MUG', quantity: 6 }],
    });
    await call('PUT', '/warehouses/COUNT/settings', {});
    await advance('COUNT', 1);
    expect((await call('GET', '/warehouses/COUNT/stock-levels')).body).toMatchObject({
      meaning: 'on-hand',
      rows: [{ sku: 'MUG', quantity: 6 }],
    });
  });

  it('receives a purchase order in two deliveries', async () => {
    const order = { purchaseOrderId: 'PO-A', purchaseOrderNumber: 'PO-1-OK', lines: [{ lineNumber: 1, sku: 'CUP', quantity: 9 }] };
    await call('POST', '/warehouses/IN/purchase-orders', order);
    await advance('IN', 20);
    const { items } = (await call('GET', '/warehouses/IN/receipts')).body;
    expect(items).toMatchObject([
      {
        externalReceiptId: 'IN-in-1-receipt-1',
        purchaseOrderId: 'PO-A',
        final: false,
        lines: [{ externalLineId: '1', lineNumber: 1, quantity: 4 }],
      },
      { externalReceiptId: 'IN-in-1-receipt-2', final: true, lines: [{ quantity: 5 }] },
    ]);
    expect((await call('GET', '/warehouses/IN/stock-levels')).body).toMatchObject({ rows: [{ sku: 'CUP', quantity: 9 }] });
  });

  it('names everything wrong with a body', async () => {
    const { status, body } = await call('POST', '/warehouses/W/shipments', { shipmentId: '', orderNumber: 'SO-1', lines: [] });
    expect(status).toBe(400);
    expect(body['message']).toMatch(/shipmentId: .*lines: /);
  });
});

describe('pushing', () => {
  it('tells an update signed, again under the same id until it is taken', async () => {
    const secret = `whsec_${Buffer.from('a secret of thirty-two bytes ...').toString('base64')}`;
    const heard: { id: string; body: Answer }[] = [];
    const listener = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const body = new Webhook(secret).verify(Buffer.concat(chunks).toString(), request.headers as Record<string, string>) as Answer;
      heard.push({ id: String(request.headers['webhook-id']), body });
      response.writeHead(heard.length === 1 ? 503 : 204).end();
    });
    await new Promise<void>((ready) => listener.listen(0, '127.0.0.1', ready));
    const callbackUrl = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/hook`;
    await call('PUT', '/warehouses/PUSH/settings', { callbackUrl, pushSecret: secret });
    await send('PUSH', 'OK');
    await advance('PUSH', 1);
    await eventually(() => heard.length === 2);
    expect(heard.map(({ id }) => id)).toEqual(['PUSH-1-left-1', 'PUSH-1-left-1']);
    expect(heard[1]?.body).toMatchObject({
      type: 'shipment-update',
      data: { updateId: 'PUSH-1-left-1', change: { completion: 'complete' } },
    });
    listener.closeAllConnections();
    await new Promise((closed) => listener.close(closed));
  });
});

describe('a restart', () => {
  it('changes nothing: same journal, same feeds, same stock, same answers', async () => {
    await call('PUT', '/warehouses/AGAIN/stock', { rows: [{ sku: 'MUG', quantity: 10 }] });
    const sent = await send('AGAIN', '2STEP', 'again-1');
    await advance('AGAIN', 1);
    await call('POST', '/shops/WEB/stock', { mode: 'full', publishedAt: '2026-03-01T08:00:00Z', rows: [{ sku: 'MUG', quantity: 3 }] });
    const look = async () => [await journal(''), (await call('GET', '/warehouses/AGAIN')).body, (await call('GET', '/shops/WEB')).body];
    const before = await look();

    await simulator.stop();
    simulator = await startSimulator({ port: 0, journalFile });

    expect(await look()).toEqual(before);
    await call('PUT', '/warehouses/AGAIN/settings', { automatic: false });
    expect(await send('AGAIN', '2STEP', 'again-1')).toEqual(sent);
    await call('PUT', '/warehouses/AGAIN/settings', {});
    await advance('AGAIN', 3);
    expect(await updates('AGAIN')).toMatchObject([{ completion: 'more-expected' }, { completion: 'complete', lines: totals(4, 2) }]);
    expect(await journal('place=warehouses/AGAIN&kind=shipment-taken')).toHaveLength(1);
  });
});
