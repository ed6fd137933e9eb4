import 'reflect-metadata';
import { newApiKey } from '@stockproof/access';
import { skuMappedV1, skuMappingEventsTopic, skuMappingRemovedV1 } from '@stockproof/catalog-contracts';
import { eventually, runningService, type Answer, type Call, type RunningTestService } from '@stockproof/engines/testing';
import { accountAccessChangedV1, apiKeyCreatedV1, salesChannelCreatedV1 } from '@stockproof/tenancy-contracts';
import { catalogService } from '../catalog.module';

describe('what a channel calls our SKUs, over HTTP', () => {
  let service: RunningTestService;
  const call = (method: string, path: string, { headers = {}, ...rest }: Call = {}): Promise<Answer> =>
    service.call(method, `/v1/catalog/accounts/${accountId}${path}`, {
      ...rest,
      headers: { authorization: `Bearer ${writer.key}`, ...headers },
    });
  const mappings = (method: string, path: string, options?: Call) => call(method, `/channels/${channelId}/sku-mappings${path}`, options);
  const after = (answer: Answer) => ({ 'stockproof-min-position': answer.headers.get('stockproof-position') ?? '' });

  beforeAll(async () => {
    service = await runningService(catalogService);
    const common = { topic: accountAccessChangedV1.topic, organizationId, accountId: null };
    await service.hear(
      { ...common, type: accountAccessChangedV1.type, subject: accountId, data: { accountId, organizationId, enabled: true } },
      {
        ...common,
        type: apiKeyCreatedV1.type,
        subject: writer.hash,
        data: { keyId: writer.hash, hash: writer.hash, scopes: writer.scopes, organizationId, accountId, expiresAt: null, mode: 'test' },
      },
      {
        topic: salesChannelCreatedV1.topic,
        organizationId,
        accountId,
        type: salesChannelCreatedV1.type,
        subject: accountId,
        data: shop,
      },
    );
    await eventually(async () => expect((await call('GET', '/variants')).status).toBe(200));
    for (const sku of ['TEA-100', 'CUP']) await call('POST', '/variants', { body: { sku, name: sku } });
    await eventually(async () => expect((await mappings('PUT', '/warm', { body: { sku: 'CUP' } })).status).toBe(200));
  });
  afterAll(() => service?.stop());

  it('says which SKU a name stands for, as the catalog writes it, and takes it back', async () => {
    const mapped = await mappings('PUT', '/T%2F1', { body: { sku: ' tea-100' } });
    expect([mapped.status, mapped.body]).toEqual([200, { theirs: 'T/1', sku: 'TEA-100', revision: 1 }]);
    expect((await mappings('GET', '/t%2F1', { headers: after(mapped) })).body).toEqual({ theirs: 'T/1', sku: 'TEA-100', revision: 1 });
    const removed = await mappings('DELETE', '/T%2F1');
    expect([removed.status, removed.body['sku']]).toEqual([200, null]);
    expect((await mappings('GET', '/T%2F1', { headers: after(removed) })).status).toBe(404);
    expect((await mappings('DELETE', '/T%2F1')).status).toBe(404);
    const gone = await mappings('GET', '?removed=true');
    expect(gone.body['items']).toMatchObject([{ theirs: 'T/1', sku: null }]);
    const told = await eventually(async () => {
      const ofName = (await service.told(skuMappingEventsTopic)).filter(({ subject }) => subject === `${channelId}-t%2F1`);
      expect(ofName).toHaveLength(2);
      return ofName;
    });
    expect(told.map(({ type, data }) => [type, data])).toEqual([
      [skuMappedV1.type, { channelId, theirs: 'T/1', sku: 'TEA-100' }],
      [skuMappingRemovedV1.type, { channelId, theirs: 'T/1' }],
    ]);
  });

  it('takes many at once, each with its own outcome', async () => {
    const body = {
      mappings: [
        { theirs: 'A', sku: 'TEA-100' },
        { theirs: 'B', sku: 'NONE' },
        { theirs: 'C', sku: 'cup' },
      ],
    };
    const answer = await mappings('POST', ':batch', { body });
    expect(answer.body['outcomes']).toEqual([
      { theirs: 'A', outcome: 'mapped', code: null },
      { theirs: 'B', outcome: 'refused', code: 'unknown-sku' },
      { theirs: 'C', outcome: 'mapped', code: null },
    ]);
    expect((await mappings('GET', '/c', { headers: after(answer) })).body).toMatchObject({ sku: 'CUP' });
  });

  it('refuses what nobody knows', async () => {
    const unknown = await mappings('PUT', '/X', { body: { sku: 'NONE' } });
    expect([unknown.status, unknown.body['code']]).toEqual([422, 'unknown-sku']);
    expect((await call('PUT', `/channels/${accountId}/sku-mappings/X`, { body: { sku: 'CUP' } })).status).toBe(404);
    expect(
      (await call('POST', `/channels/${accountId}/sku-mappings:batch`, { body: { mappings: [{ theirs: 'A', sku: 'CUP' }] } })).status,
    ).toBe(404);
    await call('POST', '/variants', { body: { sku: 'OLD', name: 'Old' } });
    await call('POST', '/variants/OLD/archive');
    expect((await mappings('PUT', '/X', { body: { sku: 'OLD' } })).body['code']).toBe('variant-archived');
    expect((await mappings('PUT', `/${'x'.repeat(201)}`, { body: { sku: 'CUP' } })).status).toBe(422);
  });
});

const organizationId = '0199b0f0-0000-7000-8000-000000000001';
const accountId = '0199b0f0-0000-7000-8000-000000000002';
const channelId = '0199b0f0-0000-7000-8000-000000000003';
const writer = { ...newApiKey('test'), scopes: ['catalog:read', 'catalog:write'] };
const shop = {
  accountId,
  channelId,
  code: 'SHOP',
  name: 'Shop',
  connector: 'generic-http',
  endpointUrl: null,
  sealedCredentials: null,
  defaultOrderStatus: null,
  holdDelayMs: null,
  publishedWarehouses: [],
};
