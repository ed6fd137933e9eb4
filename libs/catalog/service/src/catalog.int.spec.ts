import 'reflect-metadata';
import { newApiKey } from '@stockproof/access';
import { variantAddedV1, variantArchivedV1, variantEventsTopic } from '@stockproof/catalog-contracts';
import { eventually, runningService, type Answer, type Call, type RunningTestService } from '@stockproof/engines/testing';
import { accountAccessChangedV1, apiKeyCreatedV1 } from '@stockproof/tenancy-contracts';
import { catalogService } from './catalog.module';

describe('a catalog over HTTP', () => {
  let service: RunningTestService;
  const call = (method: string, path: string, { headers = {}, ...rest }: Call = {}): Promise<Answer> =>
    service.call(method, `/v1/catalog/accounts/${accountId}/variants${path}`, {
      ...rest,
      headers: { authorization: `Bearer ${writer.key}`, ...headers },
    });
  const after = (answer: Answer) => ({ 'stockproof-min-position': answer.headers.get('stockproof-position') ?? '' });
  const skusOf = (answer: Answer) => (answer.body['items'] as { readonly sku: string }[]).map(({ sku }) => sku);

  beforeAll(async () => {
    service = await runningService(catalogService);
    const common = { topic: accountAccessChangedV1.topic, organizationId, accountId: null };
    await service.hear(
      { ...common, type: accountAccessChangedV1.type, subject: accountId, data: { accountId, organizationId, enabled: true } },
      ...[writer, reader].map(({ hash, scopes }) => ({
        ...common,
        type: apiKeyCreatedV1.type,
        subject: hash,
        data: { keyId: hash, hash, scopes, organizationId, accountId, expiresAt: null, mode: 'test' },
      })),
    );
    await eventually(async () => expect((await call('GET', '')).status).toBe(200));
  });
  afterAll(() => service?.stop());

  it('adds a variant, once for all spellings of its SKU', async () => {
    const created = await call('POST', '', {
      body: { sku: ' TEA/100 ', name: 'Tea', weightG: 100, price: { amount: '3.90', currency: 'EUR' } },
    });
    expect([created.status, created.body['sku'], created.headers.get('etag')]).toEqual([201, 'TEA/100', '"1"']);
    const again = await call('POST', '', { body: { sku: 'tea/100', name: 'Other' } });
    expect([again.status, again.body['code']]).toEqual([409, 'sku-taken']);
    const seen = await call('GET', '/tea%2F100', { headers: after(created) });
    expect(seen.body).toEqual({
      variantId: created.body['variantId'],
      ...{
        sku: 'TEA/100',
        name: 'Tea',
        barcode: null,
        weightG: 100,
        size: null,
        price: { amount: '3.90', currency: 'EUR' },
        components: [],
        productId: null,
        productTitle: null,
        references: {},
        alternates: [],
        archived: false,
        origin: { kind: 'stockproof' },
        revision: 1,
      },
    });
  });

  it('changes only what was sent, and only on what was read', async () => {
    expect((await call('PATCH', '/TEA%2F100', { body: { name: 'Green tea' } })).status).toBe(428);
    const changed = await call('PATCH', '/TEA%2F100', { body: { name: 'Green tea', weightG: null }, headers: { 'if-match': '"1"' } });
    expect([changed.status, changed.headers.get('etag')]).toEqual([200, '"2"']);
    expect((await call('PATCH', '/TEA%2F100', { body: { name: 'Black tea' }, headers: { 'if-match': '"1"' } })).status).toBe(412);
    const seen = await call('GET', '/TEA%2F100', { headers: after(changed) });
    expect(seen.body).toMatchObject({ name: 'Green tea', weightG: null, price: { amount: '3.90' } });
    expect((await call('PATCH', '/NONE', { body: { name: 'x' }, headers: { 'if-match': '*' } })).status).toBe(404);
  });

  it('takes many at once, bundles after their components, each with its own outcome', async () => {
    const variants = [
      { sku: 'SET', name: 'Set', components: [{ sku: 'cup', quantity: 2 }] },
      { sku: 'CUP', name: 'Cup' },
      { sku: 'TEA/100', name: 'Tea' },
      {
        sku: 'SETS',
        name: 'Sets',
        components: [
          { sku: 'CUP', quantity: 1 },
          { sku: 'NONE', quantity: 1 },
        ],
      },
    ];
    const answer = await call('POST', ':batch', { body: { variants }, headers: { 'idempotency-key': 'batch-1' } });
    expect(answer.status).toBe(200);
    const outcomes = answer.body['outcomes'] as readonly Record<string, unknown>[];
    expect(outcomes.map(({ sku, outcome, code }) => [sku, outcome, code])).toEqual([
      ['SET', 'added', null],
      ['CUP', 'added', null],
      ['TEA/100', 'refused', 'sku-taken'],
      ['SETS', 'refused', 'components-not-usable'],
    ]);
    expect((await call('POST', ':batch', { body: { variants }, headers: { 'idempotency-key': 'batch-1' } })).body).toEqual(answer.body);
    expect(skusOf(await call('GET', '?sku=set,cup', { headers: after(answer) })).sort()).toEqual(['CUP', 'SET']);
    const nested = await call('POST', '', { body: { sku: 'BOX', name: 'Box', components: [{ sku: 'SET', quantity: 1 }] } });
    expect([nested.status, JSON.stringify(nested.body['errors'])]).toEqual([422, expect.stringContaining('it is a bundle itself')]);
  });

  it('lists page by page', async () => {
    const first = await call('GET', '?limit=2');
    const second = await call('GET', `?limit=2&cursor=${String(first.body['nextCursor'])}`);
    expect([...skusOf(first), ...skusOf(second)].sort()).toEqual(['CUP', 'SET', 'TEA/100']);
    expect(second.body['nextCursor']).toBeNull();
  });

  it('archives, and says so to others after it said what it added', async () => {
    const archived = await call('POST', '/TEA%2F100/archive');
    expect(archived.status).toBe(200);
    expect(skusOf(await call('GET', '?archived=true', { headers: after(archived) }))).toEqual(['TEA/100']);
    const told = await eventually(async () => {
      const ofTea = (await service.told(variantEventsTopic)).filter(({ subject }) => subject === 'tea%2F100');
      expect(ofTea).toHaveLength(2);
      return ofTea;
    });
    expect(told.map(({ type, orderingKey }) => [type, orderingKey])).toEqual(
      [variantAddedV1, variantArchivedV1].map(({ type }) => [type, `${accountId}/tea%2F100`]),
    );
    expect(variantAddedV1.schema.parse(told[0]?.data)).toEqual({
      variantId: archived.body['variantId'],
      sku: 'TEA/100',
      name: 'Tea',
      components: [],
    });
  });

  it('describes every route', async () => {
    const { body } = await service.call('GET', '/v1/catalog/openapi.json');
    const paths = ['', ':batch', '/{sku}', '/{sku}/archive'].map((path) => `/v1/catalog/accounts/{accountId}/variants${path}`);
    expect(
      Object.keys(body['paths'] as object)
        .filter((path) => path.includes('/variants'))
        .sort(),
    ).toEqual(paths.sort());
  });

  it('refuses what is not valid, and who may only read', async () => {
    const invalid = await call('POST', '', { body: { sku: '  ', name: 'x', weightG: -1, price: { amount: '1,5', currency: 'EUR' } } });
    expect([invalid.status, (invalid.body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer).sort()]).toEqual([
      400,
      ['/price/amount', '/sku', '/weightG'],
    ]);
    const forbidden = await call('POST', '', { body: { sku: 'X', name: 'x' }, headers: { authorization: `Bearer ${reader.key}` } });
    expect(forbidden.status).toBe(403);
  });
});

const organizationId = '0199b0f0-0000-7000-8000-000000000001';
const accountId = '0199b0f0-0000-7000-8000-000000000002';
const writer = { ...newApiKey('test'), scopes: ['catalog:read', 'catalog:write'] };
const reader = { ...newApiKey('test'), scopes: ['catalog:read'] };
