import 'reflect-metadata';
import { newApiKey } from '@stockproof/access';
import { eventually, runningService, type Answer, type Call, type RunningTestService } from '@stockproof/engines/testing';
import { accountAccessChangedV1, accountSettingsChangedV1, apiKeyCreatedV1 } from '@stockproof/tenancy-contracts';
import { plainSettings } from '@stockproof/tenancy-contracts/testing';
import { catalogService } from '../catalog.module';

describe('products over HTTP', () => {
  let service: RunningTestService;
  const call = (method: string, path: string, { headers = {}, ...rest }: Call = {}): Promise<Answer> =>
    service.call(method, `/v1/catalog/accounts/${accountId}${path}`, {
      ...rest,
      headers: { authorization: `Bearer ${writer.key}`, ...headers },
    });
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
    );
    await eventually(async () => expect((await call('GET', '/variants')).status).toBe(200));
  });
  afterAll(() => service?.stop());

  it('group variants under a title, with references of their own', async () => {
    const described = await call('PUT', '/products/mugs', { body: { title: 'Mugs', references: { supplier: 'L-1' } } });
    expect([described.status, described.body]).toEqual([200, { productId: 'mugs', revision: 1, warnings: [] }]);
    expect((await call('GET', '/products/MUGS', { headers: after(described) })).body).toEqual({
      ...{ productId: 'mugs', title: 'Mugs', references: { supplier: 'L-1' }, revision: 1 },
    });
    const added = await call('POST', '/variants', {
      body: { sku: 'MUG-RED', name: 'Red mug', productId: 'mugs', references: { ean: '1' } },
    });
    expect((await call('GET', '/variants?productId=Mugs', { headers: after(added) })).body['items']).toMatchObject([
      { sku: 'MUG-RED', productTitle: 'Mugs', references: { ean: '1' } },
    ]);
    const unknown = await call('POST', '/variants', { body: { sku: 'X', name: 'x', productId: 'none' } });
    expect([unknown.status, unknown.body['code']]).toEqual([422, 'unknown-product']);
    expect((await call('PUT', `/products/${'x'.repeat(201)}`, { body: { title: 'x' } })).status).toBe(422);
    expect((await call('PUT', '/products/mugs', { body: { title: 'Mugs', references: { a: 1 } } })).status).toBe(400);
  });

  it('warn whoever edits them while they come from elsewhere', async () => {
    const edit = () => call('PATCH', '/variants/MUG-RED', { body: { alternates: ['MUG-BLUE'] }, headers: { 'if-match': '*' } });
    expect((await edit()).body['warnings']).toEqual([]);
    await service.hear({
      ...{ topic: accountSettingsChangedV1.topic, type: accountSettingsChangedV1.type, organizationId, accountId, subject: accountId },
      data: { accountId, settings: { ...plainSettings, masterProductSource: { kind: 'sales-channel', id: organizationId } } },
    });
    await eventually(async () => expect((await edit()).body['warnings']).toMatchObject([{ code: 'next-import-may-overwrite' }]));
    expect((await call('GET', '/variants/MUG-RED')).body).toMatchObject({ alternates: ['MUG-BLUE'], origin: { kind: 'stockproof' } });
    const nowhere = await call('GET', `/master-source/preview?kind=sales-channel&id=${organizationId}`);
    expect(nowhere.status).toBe(404);
    const preview = await call('GET', '/master-source/preview?kind=stockproof');
    expect(preview.body).toMatchObject({ onlyHere: { count: 1, skus: ['MUG-RED'] }, onlyThere: { count: 0 }, complete: true });
    expect((await call('GET', '/product-exports')).body).toMatchObject({ items: [], nextCursor: null });
  });
});

const organizationId = '0199b0f0-0000-7000-8000-000000000001';
const accountId = '0199b0f0-0000-7000-8000-000000000002';
const writer = { ...newApiKey('test'), scopes: ['catalog:read', 'catalog:write'] };
