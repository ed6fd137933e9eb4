import {
  projectionTest,
  testAccount as accountId,
  testOrganization as organizationId,
  type WrittenDown,
} from '@stockproof/projections/testing';
import { sql } from '@stockproof/sql';
import {
  builtInSettings,
  fulfillmentChannelWork,
  salesChannelWork,
  type AccountEvent,
  type ApiKeyEvent,
  type OrganizationEvent,
  type UserEvent,
} from '@stockproof/tenancy-domain';
import { derivedId } from '@stockproof/vocabulary';
import { accountWarehousesProjection } from './account-warehouses/account-warehouses.projection';
import { accountsProjection } from './accounts/accounts.projection';
import { apiKeysProjection } from './api-keys/api-keys.projection';
import { organizationsProjection } from './organizations/organizations.projection';
import { salesChannelsProjection } from './sales-channels/sales-channels.projection';
import { setupStatusProjection } from './setup-status/setup-status.projection';
import { usersProjection } from './users/users.projection';
import { warehousesProjection } from './warehouses/warehouses.projection';

type TenancyEvent = OrganizationEvent | AccountEvent | UserEvent | ApiKeyEvent;

const [olga, ann, north, south, both, web, key] = ['olga', 'ann', 'north', 'south', 'both', 'web', 'key'].map((name) =>
  derivedId(name),
) as [string, string, string, string, string, string, string];
const otherAccount = { kind: 'account', accountId: derivedId('another account') } as const;

describe('the view of organizations', () => {
  const view = projectionTest(organizationsProjection);

  it('shows name and defaults as they were changed last', async () => {
    await view.given(history);
    expect(await view.rowsOf('organizations_v1')).toEqual([
      { organization_id: organizationId, name: 'Acme Group', licence_owner: null, defaults: otherDefaults },
    ]);
    expect(
      await view.readAs(sql('select name from organizations_v1'), { kind: 'organization', organizationId: derivedId('another') }),
    ).toEqual([]);
  });
});

describe('the view of users', () => {
  const view = projectionTest(usersProjection);

  it('shows people where they belong, and nothing of who was forgotten', async () => {
    await view.given(history);
    const rows = await view.rowsOf('users_v1');
    expect(rows).toHaveLength(2);
    expect(rows).toContainEqual(
      expect.objectContaining({
        user_id: ann,
        account_id: accountId,
        role: 'operator',
        active: false,
        profile_subject: 's-ann',
        language: 'de',
      }),
    );
    expect(rows).toContainEqual(
      expect.objectContaining({
        user_id: olga,
        account_id: null,
        role: 'owner',
        active: true,
        profile_subject: null,
        profile_sealed: null,
      }),
    );
    expect(await view.readAs(sql('select user_id from users_v1'))).toEqual([{ user_id: ann }]);
    expect(await view.readAs(sql('select user_id from users_v1'), otherAccount)).toEqual([]);
  });
});

describe('the view of warehouses', () => {
  const view = projectionTest(warehousesProjection);

  it('shows them as they were edited last', async () => {
    await view.given(history);
    expect(await view.rowsOf('warehouses_v1')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ warehouse_id: north, code: 'NORTH', name: 'North', priority: 5, archived: false, members: [] }),
        expect.objectContaining({ warehouse_id: both, kind: 'virtual', members: [south, north] }),
        expect.objectContaining({ warehouse_id: south, archived: true }),
      ]),
    );
  });
});

describe('the view of accounts', () => {
  const view = projectionTest(accountsProjection);

  it('shows own and inherited settings, and the revision that the next edit must name', async () => {
    const events = await view.given(history);
    const revision = events.filter(({ stream }) => stream === accountStream).length;
    expect(await view.rowsOf('accounts_v2')).toEqual([
      {
        account_id: accountId,
        organization_id: organizationId,
        code: 'SHOP',
        name: 'The Shop',
        licence: 'standard',
        enabled: true,
        default_warehouse_id: north,
        own_settings: { allowSplitting: false },
        inherited_settings: otherDefaults,
        choices: { masterProductSource: { kind: 'stockproof' } },
        revision,
      },
    ]);
    expect(await view.readAs(sql('select code from accounts_v2'), otherAccount)).toEqual([]);
  });
});

describe('the view of warehouses of accounts', () => {
  const view = projectionTest(accountWarehousesProjection);

  it('shows what is enabled, credentials left out', async () => {
    await view.given(history);
    expect(await view.rowsOf('account_warehouses_v2')).toEqual([
      expect.objectContaining({ warehouse_id: north, channel: { ...openChannel, finalReceipts: true, hasCredentials: true } }),
    ]);
  });
});

describe('the view of sales channels', () => {
  const view = projectionTest(salesChannelsProjection);

  it('shows them as they were edited last, credentials left out', async () => {
    await view.given(history);
    const [row] = await view.rowsOf('sales_channels_v2');
    expect(row).toMatchObject({
      channel_id: web,
      name: 'New web shop',
      has_credentials: true,
      published_warehouses: [north],
      status: 'paused',
      job_periods_ms: { 'export-stock': 5_000 },
    });
    expect(JSON.stringify(row)).not.toContain('sealed-credentials');
  });
});

describe('the view of API keys', () => {
  const view = projectionTest(apiKeysProjection);

  it('shows when they were made and revoked, never what would open anything', async () => {
    await view.given(history);
    const [row] = await view.rowsOf('api_keys_v1');
    expect(row).toMatchObject({ key_id: key, scopes: ['order:read'], revoked_at: expect.any(String) });
    expect(JSON.stringify(row)).not.toContain('hash-of-the-key');
  });
});

describe('the view of what is set up', () => {
  const view = projectionTest(setupStatusProjection);

  it('has a step done as long as something makes it so', async () => {
    await view.given(history);
    const steps = (await view.rowsOf('setup_steps_v2')).map(({ account_id, step, item }) => [account_id, step, item]);
    expect(steps.sort()).toEqual(
      [
        [organizationId, 'organization-user', olga],
        [organizationId, 'physical-warehouse', north],
        [organizationId, 'account', accountId],
        [accountId, 'enabled-warehouse', north],
        [accountId, 'default-warehouse', north],
        [accountId, 'master-product-source', 'stockproof'],
        [accountId, 'sales-channel', web],
      ].sort(),
    );
  });
});

const otherDefaults = { ...builtInSettings, allowLineSplit: true };
const openChannel = {
  channelId: derivedId('channel'),
  applicationType: 'connector',
  connector: 'generic-http',
  backOrderMode: 'managed-here',
  reportMeaning: 'on-hand',
  finalReceipts: false,
  endpointUrl: null,
  ...fulfillmentChannelWork,
} as const;
const channel = { ...openChannel, sealedCredentials: 'sealed-credentials' };
const enabledNorth = { accountId, warehouseId: north, code: 'NORTH', kind: 'physical', priority: 1, members: [], channel } as const;
const webShop = {
  accountId,
  channelId: web,
  code: 'web',
  name: 'Web shop',
  connector: 'generic-http',
  endpointUrl: null,
  sealedCredentials: 'sealed-credentials',
  defaultOrderStatus: null,
  holdDelayMs: null,
  publishedWarehouses: [north],
  ...salesChannelWork,
};
const profileOf = (userId: string, subjectId: string) => ({
  userId,
  profile: { subjectId, sealed: 'sealed' },
  language: 'en',
  timeZone: null,
});
const password = (subjectId: string) => ({ password: { subjectId, sealed: 'sealed' } });
const person = { accountId, organizationId, userId: ann } as const;
const physical = (warehouseId: string, code: string) =>
  ({ organizationId, warehouseId, code, name: code, kind: 'physical', priority: 1, timeZone: 'UTC', address: null, members: [] }) as const;
const settings = { accountId, defaultWarehouseId: null };

const accountStream = `tenancy.account-${accountId}-${accountId}`;
const of = (stream: string, ...events: readonly TenancyEvent[]): readonly WrittenDown[] => events.map((event) => ({ ...event, stream }));

const history: readonly WrittenDown[] = [
  ...of('tenancy.user-o-olga', { type: 'UserRegistered', data: { ...profileOf(olga, 's-olga'), ...password('s-olga') } }),
  ...of(
    'tenancy.organization-o-o',
    { type: 'OrganizationCreated', data: { organizationId, name: 'Acme', licenceOwner: null, defaults: builtInSettings } },
    { type: 'OrganizationUserAdded', data: { organizationId, userId: olga, role: 'owner' } },
    { type: 'OrganizationRenamed', data: { name: 'Acme Group' } },
    { type: 'WarehouseCreated', data: physical(north, 'NORTH') },
    { type: 'WarehouseCreated', data: physical(south, 'SOUTH') },
    { type: 'WarehouseEdited', data: { organizationId, warehouseId: north, name: 'North', priority: 5, timeZone: 'UTC', address: null } },
    { type: 'WarehouseCreated', data: { ...physical(both, 'BOTH'), kind: 'virtual', members: [north, south] } },
    { type: 'MembersChanged', data: { organizationId, warehouseId: both, members: [south, north] } },
    {
      type: 'AccountAdded',
      data: { organizationId, accountId, code: 'SHOP', name: 'Shop', licence: 'standard', defaults: builtInSettings },
    },
    { type: 'DefaultsChanged', data: { organizationId, defaults: otherDefaults } },
    { type: 'WarehouseArchived', data: { warehouseId: south } },
  ),
  ...of(
    'tenancy.user-o-ann',
    { type: 'UserRegistered', data: { ...profileOf(ann, 's-ann'), ...password('s-ann') } },
    { type: 'ProfileEdited', data: { ...profileOf(ann, 's-ann'), language: 'de' } },
  ),
  ...of(
    accountStream,
    {
      type: 'AccountOpened',
      data: {
        ...settings,
        organizationId,
        code: 'SHOP',
        name: 'Shop',
        licence: 'standard',
        inherited: builtInSettings,
        effective: builtInSettings,
      },
    },
    { type: 'AccountRenamedHere', data: { accountId, name: 'The Shop' } },
    { type: 'WarehouseEnabled', data: enabledNorth },
    { type: 'WarehouseEnabled', data: { ...enabledNorth, warehouseId: south, code: 'SOUTH' } },
    { type: 'EnabledWarehouseChanged', data: { ...enabledNorth, channel: { ...channel, finalReceipts: true } } },
    { type: 'WarehouseDisabled', data: { accountId, warehouseId: south } },
    {
      type: 'SettingsChosen',
      data: {
        ...{ accountId, defaultWarehouseId: north, choices: { masterProductSource: { kind: 'stockproof' } } },
        own: { allowSplitting: false },
        effective: builtInSettings,
      },
    },
    { type: 'DefaultsInherited', data: { accountId, defaultWarehouseId: north, inherited: otherDefaults, effective: otherDefaults } },
    { type: 'SalesChannelCreated', data: webShop },
    { type: 'SalesChannelEdited', data: { ...webShop, name: 'New web shop', status: 'paused', jobPeriodsMs: { 'export-stock': 5_000 } } },
    { type: 'AccountUserAdded', data: { ...person, role: 'viewer' } },
    { type: 'AccountRoleChanged', data: { ...person, role: 'operator', active: true } },
    { type: 'AccountUserDeactivated', data: { ...person, role: 'operator' } },
    { type: 'AccountDisabled', data: { accountId, organizationId } },
    { type: 'AccountEnabled', data: { accountId, organizationId } },
    { type: 'WarehouseFollowed', data: { warehouseId: both, priority: 1, members: [south, north], organizationRevision: 9 } },
  ),
  ...of(
    'tenancy.apiKey-a-k',
    {
      type: 'ApiKeyCreated',
      data: {
        keyId: key,
        organizationId,
        accountId,
        name: 'ERP',
        hash: 'hash-of-the-key',
        scopes: ['order:read'],
        mode: 'live',
        expiresAt: null,
      },
    },
    { type: 'ApiKeyRevoked', data: { keyId: key } },
  ),
  ...of('tenancy.user-o-olga', { type: 'PersonForgotten', data: { userId: olga, subjectId: 's-olga' } }),
];
