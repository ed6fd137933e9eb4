import 'reflect-metadata';
import { newApiKey } from '@stockproof/access';
import type { JsonObject } from '@stockproof/decider';
import { eventually, runningService, type Answer, type Call, type RunningTestService } from '@stockproof/engines/testing';
import {
  goodsReceivedV1,
  purchaseOrderApprovedV1,
  purchaseOrderClosedV1,
  purchaseOrderEventsTopic,
} from '@stockproof/purchasing-contracts';
import { accountAccessChangedV1, accountSettingsChangedV1, apiKeyCreatedV1, warehouseEnabledV1 } from '@stockproof/tenancy-contracts';
import { plainSettings } from '@stockproof/tenancy-contracts/testing';
import { derivedId } from '@stockproof/vocabulary';
import { purchasingService } from './purchasing.module';

describe('purchasing over HTTP', () => {
  let service: RunningTestService;
  let posts = 0;
  const call = (method: string, path: string, { headers = {}, ...rest }: Call = {}): Promise<Answer> => {
    const idempotencyKey = method === 'POST' ? { 'idempotency-key': `post-${++posts}` } : {};
    return service.call(method, `/v1/purchasing/accounts/${accountId}/purchase-orders${path}`, {
      ...rest,
      headers: { authorization: `Bearer ${key}`, ...idempotencyKey, ...headers },
    });
  };
  const after = (answer: Answer) => ({ 'stockproof-min-position': answer.headers.get('stockproof-position') ?? '' });
  const saidByTenancy = (type: string, topic: string, data: JsonObject) =>
    service.hear({ type, topic, subject: accountId, organizationId, accountId, data });
  const enable = (warehouseId: string, kind: 'physical' | 'virtual', finalReceipts: boolean) =>
    saidByTenancy(warehouseEnabledV1.type, warehouseEnabledV1.topic, {
      ...{ accountId, warehouseId, code: warehouseId.slice(-2), kind, priority: 1, members: [] },
      fulfillmentChannel:
        kind === 'virtual'
          ? null
          : {
              channelId: warehouseId,
              applicationType: 'none',
              connector: null,
              backOrderMode: 'managed-here',
              reportMeaning: 'on-hand',
              finalReceipts,
              endpointUrl: null,
              sealedCredentials: null,
            },
    });
  const choose = (automaticPurchaseWorkflow: boolean) =>
    saidByTenancy(accountSettingsChangedV1.type, accountSettingsChangedV1.topic, {
      accountId,
      settings: { ...plainSettings, automaticSalesWorkflow: true, automaticPurchaseWorkflow },
    });
  const create = async (more: object = {}): Promise<string> => {
    const created = await call('POST', '', { body: { ...order, ...more } });
    expect([created.status, created.body]).toEqual([201, expect.objectContaining({ purchaseOrderId: expect.any(String) })]);
    return String(created.body['purchaseOrderId']);
  };
  const told = async (purchaseOrderId: string) =>
    (await service.told(purchaseOrderEventsTopic)).filter(({ subject }) => subject === purchaseOrderId);

  beforeAll(async () => {
    service = await runningService(purchasingService);
    await saidByTenancy(accountAccessChangedV1.type, accountAccessChangedV1.topic, { accountId, organizationId, enabled: true });
    const scopes = ['read', 'write', 'approve', 'cancel', 'receive'].map((what) => `purchase-order:${what}`);
    await saidByTenancy(apiKeyCreatedV1.type, apiKeyCreatedV1.topic, {
      keyId: hash,
      hash,
      scopes,
      organizationId,
      accountId,
      expiresAt: null,
      mode: 'test',
    });
    await eventually(async () => expect((await call('GET', '')).status).toBe(200));
  });
  afterAll(() => service?.stop());

  it('needs a physical warehouse that is enabled for the account', async () => {
    const early = await call('POST', '', { body: order });
    expect([early.status, early.body['code'], JSON.stringify(early.body['errors'])]).toEqual([
      409,
      'dependency-missing',
      expect.stringContaining(`PUT /v1/tenancy/accounts/${accountId}/warehouses/`),
    ]);
    await enable(north, 'physical', false);
    await enable(south, 'physical', true);
    await enable(both, 'virtual', false);
    await eventually(async () =>
      expect((await call('POST', '', { body: { ...order, warehouseId: both } })).body['code']).toBe('not-a-physical-warehouse'),
    );
    expect((await call('POST', '', { body: { ...order, warehouseId: derivedId('elsewhere') } })).body['code']).toBe(
      'warehouse-not-enabled',
    );
  });

  it('guesses nothing while it has not heard how the account works: the request comes again', async () => {
    const early = await call('POST', '', { body: order });
    expect([early.status, early.headers.get('retry-after'), early.body['code']]).toEqual([503, '1', 'not-heard-yet']);
    await choose(false);
    await eventually(async () => expect((await call('POST', '', { body: { ...order, number: 'FIRST' } })).status).toBe(201));
  });

  it('takes an order from draft through receipts to received, and tells stock of it', async () => {
    const id = await create({ number: 'PO-1' });
    const corrected = await call('PUT', `/${id}`, {
      body: {
        ...order,
        number: 'PO-1',
        lines: [
          { sku: 'TEA', quantity: 10 },
          { sku: 'CUP', quantity: 4 },
        ],
      },
      headers: { 'if-match': '"1"' },
    });
    expect([corrected.status, corrected.body['status']]).toEqual([200, 'draft']);
    expect((await call('POST', `/${id}/receipts`, { body: receipt('r1', 1) })).body['code']).toBe('not-in-this-status');
    expect((await call('POST', `/${id}/approve`)).body).toMatchObject({ status: 'approved', events: ['PurchaseOrderApproved'] });
    expect((await call('PUT', `/${id}`, { body: order, headers: { 'if-match': '*' } })).status).toBe(409);
    expect((await call('POST', `/${id}/receipts`, { body: receipt('r1', 12) })).body).toMatchObject({
      status: 'receiving',
      warnings: [{ code: 'more-than-ordered', lineId: '1', excess: 2 }],
    });
    expect((await call('POST', `/${id}/receipts`, { body: receipt('r1', 12) })).body).toMatchObject({ events: [], warnings: [] });
    expect((await call('POST', `/${id}/receipts`, { body: { receiptId: 'r2', lines: [{ sku: 'POT', quantity: 1 }] } })).body).toMatchObject(
      { status: 'receiving', warnings: [{ code: 'unknown-sku', line: '1' }] },
    );
    expect((await call('POST', `/${id}/cancel`, { body: { reason: 'late' } })).body['code']).toBe('goods-already-received');
    const ended = await call('POST', `/${id}/mark-received`, { body: { rest: 'close-short', reason: 'lost' } });
    expect(ended.body).toMatchObject({ status: 'received' });

    const seen = await call('GET', `/${id}`, { headers: after(ended) });
    expect(seen.body).toMatchObject({
      number: 'PO-1',
      status: 'received',
      endedReason: 'lost',
      lines: [
        { sku: 'TEA', received: 12 },
        { sku: 'CUP', received: 0 },
      ],
      receipts: [{ receiptId: 'r1' }, { receiptId: 'r2', notBookedBecause: 'unknown-sku' }],
    });
    expect(seen.headers.get('etag')).toBe(ended.headers.get('etag'));
    const messages = await eventually(async () => {
      const all = await told(id);
      expect(all).toHaveLength(3);
      return all;
    });
    expect(purchaseOrderApprovedV1.schema.parse(messages[0]?.data)).toMatchObject({
      number: 'PO-1',
      warehouseId: north,
      lines: [{ lineId: '1', sku: 'TEA', quantity: 10 }, { lineId: '2' }],
    });
    expect(goodsReceivedV1.schema.parse(messages[1]?.data)).toMatchObject({
      warehouseId: north,
      lines: [{ lineId: '1', sku: 'TEA', quantity: 12 }],
    });
    expect(purchaseOrderClosedV1.schema.parse(messages[2]?.data)).toEqual({ purchaseOrderId: id, lines: [{ lineId: '2', sku: 'CUP' }] });
  });

  it('takes an approval back, and cancels', async () => {
    const id = await create();
    await call('POST', `/${id}/approve`);
    expect((await call('POST', `/${id}/unlock`)).body).toMatchObject({ status: 'draft' });
    expect((await call('POST', `/${id}/approve`)).body).toMatchObject({ status: 'approved' });
    expect((await call('POST', `/${id}/cancel`, { body: { reason: 'late' } })).body).toMatchObject({ status: 'cancelled' });
    await eventually(async () =>
      expect((await told(id)).map(({ type }) => type.split('.').at(-2))).toEqual([
        'purchase-order-approved',
        'purchase-order-closed',
        'purchase-order-approved',
        'purchase-order-closed',
      ]),
    );
  });

  it('approves by itself where the account works so, and ends with a receipt that the channel declares final', async () => {
    await choose(true);
    const created = await eventually(async () => {
      const answer = await call('POST', '', { body: { ...order, warehouseId: south } });
      expect(answer.body['status']).toBe('approved');
      return answer;
    });
    const received = await call('POST', `/${String(created.body['purchaseOrderId'])}/receipts`, { body: receipt('r1', 3) });
    expect([received.status, received.body]).toEqual([
      201,
      expect.objectContaining({ status: 'received', events: ['ReceiptBooked', 'PurchaseOrderReceived'] }),
    ]);
    expect((await call('POST', '', { body: { ...order, draft: true } })).body['status']).toBe('draft');
    const list = await call('GET', `?status=received&warehouseId=${south}`, { headers: after(received) });
    expect((list.body['items'] as { purchaseOrderId: string }[]).map(({ purchaseOrderId }) => purchaseOrderId)).toEqual([
      created.body['purchaseOrderId'],
    ]);
  });

  it('creates one order for a repeated request', async () => {
    const headers = { 'idempotency-key': 'once' };
    const [first, second] = [await call('POST', '', { body: order, headers }), await call('POST', '', { body: order, headers })];
    expect(second.body).toEqual(first.body);
  });

  it('refuses what is not valid, and knows nothing of what is not there', async () => {
    const invalid = await call('POST', '', { body: { ...order, supplier: [], lines: [{ sku: ' ', quantity: 0 }] } });
    expect([invalid.status, (invalid.body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer).sort()]).toEqual([
      400,
      ['/lines/0/quantity', '/lines/0/sku', '/supplier'],
    ]);
    expect((await call('POST', '', { body: { ...order, lines: [{ sku: 'TEA', quantity: 2, serial: 'S' }] } })).body['code']).toBe(
      'purchase-order-incomplete',
    );
    for (const id of ['none', derivedId('none')]) expect((await call('POST', `/${id}/approve`)).status).toBe(404);
    expect((await call('POST', `/${derivedId('none')}/receipts`, { body: receipt('r', 1) })).status).toBe(404);
  });
});

const [organizationId, accountId, north, south, both] = ['organization', 'account', 'north', 'south', 'both'].map((name) =>
  derivedId(name),
) as [string, string, string, string, string];
const { key, hash } = newApiKey('test');
const order = { supplier: { code: 'ACME', name: 'Acme' }, warehouseId: north, lines: [{ sku: 'TEA', quantity: 10 }] };
const receipt = (receiptId: string, quantity: number) => ({ receiptId, lines: [{ sku: 'tea', quantity }] });
