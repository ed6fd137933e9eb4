import type { JsonObject } from '@stockproof/decider';
import type { RecordedEvent } from '@stockproof/event-store';
import { accountSettingsSchema } from '@stockproof/tenancy-contracts';
import { builtInSettings, type AccountEvent, type OrganizationEvent } from '@stockproof/tenancy-domain';
import { tenancyPublication, tenancyTopics } from './tenancy.publication';

describe("tenancy's facts", () => {
  it('say of a person only an id, a place and a role', () => {
    expect(
      told('organization', { type: 'OrganizationUserDeactivated', data: { organizationId: 'acme', userId: 'ann', role: 'viewer' } }),
    ).toEqual([{ type: 'stockproof.tenancy.user-access-changed.v1', subject: 'ann', orderingKey: 'ann' }]);
    const profile = {
      userId: 'ann',
      profile: { subjectId: 's', sealed: 'x' },
      password: { subjectId: 's', sealed: 'x' },
      language: 'en',
      timeZone: null,
    };
    expect(told('user', { type: 'UserRegistered', data: profile })).toEqual([]);
  });

  it('tell of a new account who may enter it, that it is there, and how it works', () => {
    expect(told('account', opened).map(({ type }) => type)).toEqual([
      'stockproof.tenancy.account-access-changed.v1',
      'stockproof.tenancy.account-created.v1',
      'stockproof.tenancy.account-settings-changed.v1',
    ]);
  });

  it('always tell all settings', () => {
    const [fact] = factsOf('account', {
      type: 'SettingsChosen',
      data: { accountId: 'shop', defaultWarehouseId: 'north', own: {}, effective: { ...builtInSettings, strictOrder: true } },
    });
    const { settings } = fact?.data as { settings: Record<string, unknown> };
    expect(Object.keys(settings).sort()).toEqual(Object.keys(accountSettingsSchema.shape).sort());
    expect(settings).toMatchObject({ defaultWarehouseId: 'north', strictOrder: true, maximumShipments: null });
  });

  it('tell what an account chose, and what holds where it has not chosen', () => {
    const chosen = { accountId: 'shop', defaultWarehouseId: null, own: {}, effective: builtInSettings };
    const [before] = factsOf('account', { type: 'SettingsChosen', data: chosen });
    expect(before?.data).toMatchObject({ settings: { shortClose: 'reopen', masterProductSource: { kind: 'stockproof' } } });
    const choices = { shortClose: 'cancel', masterProductSource: { kind: 'sales-channel', id: 'web' } } as const;
    const [after] = factsOf('account', { type: 'SettingsChosen', data: { ...chosen, choices } });
    expect(after?.data).toMatchObject({ settings: { ...choices, requiredOrderFields: [], defaultCarrierService: null } });
  });

  it('keep a virtual warehouse behind its members: one ordering key for all warehouses of an organization', () => {
    const created = (warehouseId: string): OrganizationEvent => ({
      type: 'WarehouseCreated',
      data: {
        organizationId: 'acme',
        warehouseId,
        code: warehouseId,
        name: '',
        kind: 'physical',
        priority: 1,
        timeZone: 'UTC',
        address: null,
        members: [],
      },
    });
    expect([created('n'), created('s')].flatMap((event) => told('organization', event)).map(({ orderingKey }) => orderingKey)).toEqual([
      'acme',
      'acme',
    ]);
  });

  it('say a changed warehouse again in full', () => {
    const warehouse = {
      accountId: 'shop',
      warehouseId: 'both',
      code: 'BOTH',
      kind: 'virtual',
      priority: 1,
      members: ['a', 'b'],
      channel: null,
    } as const;
    const [enabled] = factsOf('account', { type: 'WarehouseEnabled', data: warehouse });
    const [changed] = factsOf('account', { type: 'EnabledWarehouseChanged', data: { ...warehouse, members: ['a', 'c'] } });
    expect(changed).toEqual({ ...enabled, data: { ...enabled?.data, members: ['a', 'c'] } });
  });

  it('go to topics that the host creates, and come from every event that is handled', () => {
    for (const event of [opened]) for (const { topic } of factsOf('account', event)) expect(tenancyTopics).toContain(topic);
    expect(new Set(tenancyPublication.handles).size).toBe(tenancyPublication.handles.length);
  });

  it('are seen by outsiders without hashes of keys, and without credentials of channels even sealed', () => {
    const key = {
      keyId: 'k',
      hash: 'a'.repeat(64),
      scopes: ['event:read'],
      organizationId: 'acme',
      accountId: 'shop',
      expiresAt: null,
      mode: 'live',
    };
    const [ofKey] = factsOf('apiKey', { type: 'ApiKeyCreated', data: { ...key, name: 'Reader', createdBy: 'ann' } });
    expect([ofKey?.data['hash'], tenancyPublication.outside?.(ofKey!)]).toEqual(['a'.repeat(64), null]);
    const channel = {
      ...{
        channelId: 'c',
        applicationType: 'connector',
        connector: 'generic-http',
        endpointUrl: 'http://there',
        sealedCredentials: 'sealed',
      },
      ...{ backOrderMode: 'managed-here', reportMeaning: 'on-hand', finalReceipts: false, status: 'active' },
    };
    const warehouse = { accountId: 'shop', warehouseId: 'north', code: 'NORTH', kind: 'physical', priority: 1, members: [], channel };
    const [ofWarehouse] = factsOf('account', { type: 'WarehouseEnabled', data: warehouse });
    const seen = tenancyPublication.outside?.(ofWarehouse!);
    expect(JSON.stringify(ofWarehouse)).toContain('sealed"');
    expect(seen).toEqual({
      ...ofWarehouse?.data,
      fulfillmentChannel: { ...(ofWarehouse?.data['fulfillmentChannel'] as object), sealedCredentials: null },
    });
  });

  it('never leave against their contract', () => {
    expect(() => factsOf('account', { type: 'WarehouseDisabled', data: { accountId: 'shop', warehouseId: '' } })).toThrow();
  });
});

const opened: AccountEvent = {
  type: 'AccountOpened',
  data: {
    accountId: 'shop',
    organizationId: 'acme',
    code: 'SHOP',
    name: 'Shop',
    licence: 'standard',
    inherited: builtInSettings,
    defaultWarehouseId: null,
    effective: builtInSettings,
  },
};

const recorded = (aggregate: string, { type, data }: { readonly type: string; readonly data: JsonObject }): RecordedEvent => ({
  id: 'e1',
  type,
  data,
  stream: `tenancy.${aggregate}-x-x`,
  revision: 1,
  position: '1',
  recordedAt: '2026-01-01T00:00:00.000Z',
  meta: {
    commandId: 'c',
    correlationId: 'c',
    causationId: 'c',
    actor: 'service:tenancy',
    organizationId: 'acme',
    accountId: null,
    effectiveAt: null,
    schemaVersion: 1,
  },
});
const factsOf = (aggregate: string, event: { readonly type: string; readonly data: JsonObject }) =>
  tenancyPublication.facts(recorded(aggregate, event));
const told = (aggregate: string, event: { readonly type: string; readonly data: JsonObject }) =>
  factsOf(aggregate, event).map(({ type, subject, orderingKey }) => ({ type, subject, orderingKey }));
