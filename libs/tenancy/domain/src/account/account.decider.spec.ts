import { given as givenBy } from '@stockproof/decider-testing';
import type { ChosenChoices } from '../choices';
import type { AccountRole, Granter } from '../roles';
import { builtInSettings } from '../settings';
import { fulfillmentChannelWork, salesChannelWork } from './account.channels';
import type { EnableWarehouse } from './account.commands';
import { accountDecider } from './account.decider';
import type { AccountEvent, EnabledWarehouse, FulfillmentChannel, SalesChannel } from './account.events';

const given = givenBy(accountDecider);

describe('an account', () => {
  it('is opened once, however often it is told', () => {
    given().when({ type: 'OpenAccount', data: openData }).then(opened);
    given(opened).when({ type: 'OpenAccount', data: openData }).thenNothing();
  });

  it('must be there before a warehouse is enabled for it', () => {
    given()
      .when(enable('north'))
      .thenRejected({
        type: 'DependencyMissing',
        missing: [{ what: 'the account', call: 'POST /v1/tenancy/organizations/{organizationId}/accounts' }],
      });
  });

  it('changes nothing while it is disabled, except by being enabled', () => {
    const disabled: AccountEvent = { type: 'AccountDisabled', data: { accountId: 'shop', organizationId: 'acme' } };
    given(opened).when({ type: 'DisableAccount', data: {} }).then(disabled);
    given(opened, disabled).when(enable('north')).thenRejected({ type: 'AccountIsDisabled' });
    given(opened, disabled)
      .when({ type: 'EnableAccount', data: {} })
      .then({ type: 'AccountEnabled', data: { accountId: 'shop', organizationId: 'acme' } });
  });
});

describe('its settings', () => {
  it('are inherited until it sets its own, and again afterwards', () => {
    const own: AccountEvent = chosen({ own: { allowSplitting: false }, effective: { ...builtInSettings, allowSplitting: false } });
    given(opened)
      .when({ type: 'ChooseSettings', data: { set: { allowSplitting: false }, inherit: [] } })
      .then(own);
    given(opened, own)
      .when({ type: 'InheritDefaults', data: { inherited: { ...builtInSettings, allowLineSplit: true } } })
      .then(inherited({ ...builtInSettings, allowLineSplit: true }, { ...builtInSettings, allowLineSplit: true, allowSplitting: false }));
    given(opened, own)
      .when({ type: 'ChooseSettings', data: { set: {}, inherit: ['allowSplitting'] } })
      .then(chosen({ own: {}, effective: builtInSettings }));
    given(opened, own)
      .when({ type: 'ChooseSettings', data: { set: { allowSplitting: false }, inherit: [] } })
      .thenNothing();
  });

  it('name a default warehouse that is enabled here', () => {
    given(opened)
      .when({ type: 'ChooseSettings', data: { set: {}, inherit: [], defaultWarehouseId: 'north' } })
      .thenRejected({ type: 'WarehousesNotEnabled', warehouseIds: ['north'] });
    given(opened, enabled('north'))
      .when({ type: 'ChooseSettings', data: { set: {}, inherit: [], defaultWarehouseId: 'north' } })
      .then(chosen({ own: {}, effective: builtInSettings, defaultWarehouseId: 'north' }));
  });
});

describe('what only an account decides', () => {
  const choose = (choices: ChosenChoices) => ({ type: 'ChooseSettings', data: { set: {}, inherit: [], choices } }) as const;
  const cancelling = () => chosen({ own: {}, effective: builtInSettings, choices: { shortClose: 'cancel' } });

  it('is chosen bit by bit, stays through new defaults, and is told with every change of settings', () => {
    given(opened)
      .when(choose({ shortClose: 'cancel' }))
      .then(cancelling());
    given(opened, cancelling())
      .when(choose({ requiredOrderFields: ['/shipTo/phone'] }))
      .then(chosen({ own: {}, effective: builtInSettings, choices: { shortClose: 'cancel', requiredOrderFields: ['/shipTo/phone'] } }));
    given(opened, cancelling())
      .when(choose({ shortClose: 'cancel' }))
      .thenNothing();
    given(opened, cancelling())
      .when({ type: 'InheritDefaults', data: { inherited: { ...builtInSettings, strictOrder: true } } })
      .then({
        type: 'DefaultsInherited',
        data: {
          ...{ accountId: 'shop', defaultWarehouseId: null, choices: { shortClose: 'cancel' } },
          inherited: { ...builtInSettings, strictOrder: true },
          effective: { ...builtInSettings, strictOrder: true },
        },
      });
  });

  it('takes products only from a channel that is there', () => {
    given(...ready)
      .when(choose({ masterProductSource: { kind: 'sales-channel', id: 'web' } }))
      .thenRejected({ type: 'MasterProductSourceUnknown', source: { kind: 'sales-channel', id: 'web' } });
    given(...ready, enabled('south'), virtualEnabled(['north', 'south']))
      .when(choose({ masterProductSource: suppliedBy('both') }))
      .thenRejected({ type: 'MasterProductSourceUnknown', source: suppliedBy('both') });
    given(...ready)
      .when(choose({ masterProductSource: suppliedBy('north') }))
      .then(chosen({ own: {}, effective: builtInSettings, choices: { masterProductSource: suppliedBy('north') } }));
  });
});

describe('its warehouses', () => {
  it('have a fulfillment channel exactly when they are physical', () => {
    given(opened).when(enable('north')).then(enabled('north'));
    given(opened)
      .when(enable('north', { channel: null }))
      .thenRejected({ type: 'FulfillmentChannelMissing' });
    given(opened)
      .when(enable('both', { kind: 'virtual' }))
      .thenRejected({ type: 'VirtualWarehouseHasNoChannel' });
  });

  it('are enabled again with another channel, which keeps its id', () => {
    given(opened, enabled('north'))
      .when(enable('north', { channel: { ...channel, channelId: 'new', finalReceipts: true } }))
      .then({ type: 'EnabledWarehouseChanged', data: { ...enabledData('north'), channel: { ...channel, finalReceipts: true } } });
    given(opened, enabled('north')).when(enable('north')).thenNothing();
  });

  it('are virtual only over enabled members; all missing ones are named', () => {
    given(opened, enabled('north'))
      .when(enableVirtual(['north', 'south', 'west']))
      .thenRejected({
        type: 'DependencyMissing',
        missing: [
          { what: 'member south enabled for the account', call: 'PUT /v1/tenancy/accounts/shop/warehouses/south' },
          { what: 'member west enabled for the account', call: 'PUT /v1/tenancy/accounts/shop/warehouses/west' },
        ],
      });
  });

  it('are disabled only when nothing needs them; everything that does is named', () => {
    given(
      opened,
      enabled('north'),
      enabled('south'),
      virtualEnabled(['north', 'south']),
      chosen({ own: {}, effective: builtInSettings, defaultWarehouseId: 'north', choices: { masterProductSource: suppliedBy('north') } }),
      created({ ...web, warehouseMappings: [{ theirs: 'loc-1', warehouseId: 'north' }] }),
    )
      .when({ type: 'DisableWarehouse', data: { warehouseId: 'north', uses: [{ what: 'open-shipments', count: 3 }] } })
      .thenRejected({
        type: 'WarehouseStillNeeded',
        memberOf: ['both'],
        isDefault: true,
        isMasterProductSource: true,
        publishedTo: ['web'],
        mappedBy: ['web'],
        uses: [{ what: 'open-shipments', count: 3 }],
      });
    given(opened, enabled('north'))
      .when({ type: 'DisableWarehouse', data: { warehouseId: 'north', uses: [] } })
      .then({ type: 'WarehouseDisabled', data: { accountId: 'shop', warehouseId: 'north' } });
  });

  it('follow what the organization says of them, newest first', () => {
    const history = [opened, enabled('north'), enabled('south'), enabled('west')];
    given(...history, virtualEnabled(['north', 'south']))
      .when(follow(7))
      .then(followed(7), { type: 'EnabledWarehouseChanged', data: { ...virtualData(['north', 'west']), priority: 1 } });
    given(...history, followed(7))
      .when(follow(6))
      .thenNothing();
    given(...history, followed(7))
      .when(enableVirtual(['north', 'south']))
      .then(virtualEnabled(['north', 'west']));
  });
});

describe('its people', () => {
  it('come after an enabled warehouse', () => {
    given(opened)
      .when(addUser('ann', 'administrator'))
      .thenRejected({
        type: 'DependencyMissing',
        missing: [{ what: 'an enabled warehouse', call: 'PUT /v1/tenancy/accounts/shop/warehouses/{warehouseId}' }],
      });
  });

  it('get no role above the one who grants it', () => {
    given(...ready)
      .when(addUser('ann', 'administrator', { kind: 'account', userId: 'sue', role: 'supervisor' }))
      .thenRejected({ type: 'RoleAboveOwn', role: 'administrator' });
    given(...ready)
      .when(addUser('ann', 'administrator'))
      .then(userAdded('ann', 'administrator'));
  });

  it('are there once, and must be known', () => {
    given(...ready, userAdded('ann', 'viewer'))
      .when(addUser('ann', 'viewer'))
      .thenRejected({ type: 'AccountUserAlreadyThere', userId: 'ann' });
    given(...ready)
      .when({ type: 'DeactivateAccountUser', data: { userId: 'ann', by: byOwner } })
      .thenRejected({ type: 'AccountUserUnknown', userId: 'ann' });
  });

  it('never change their own role and keep a last administrator', () => {
    const history = [...ready, userAdded('ann', 'administrator')];
    given(...history)
      .when({
        type: 'ChangeAccountRole',
        data: { userId: 'ann', role: 'viewer', by: { kind: 'account', userId: 'ann', role: 'administrator' } },
      })
      .thenRejected({ type: 'OwnRole' });
    given(...history)
      .when({ type: 'DeactivateAccountUser', data: { userId: 'ann', by: byOwner } })
      .thenRejected({ type: 'LastAdministrator' });
  });
});

describe('its sales channels', () => {
  it('have codes of their own and publish what is enabled', () => {
    given(...ready)
      .when({ type: 'CreateSalesChannel', data: web })
      .then({ type: 'SalesChannelCreated', data: { accountId: 'shop', ...web } });
    given(...ready, { type: 'SalesChannelCreated', data: { accountId: 'shop', ...web } })
      .when({ type: 'CreateSalesChannel', data: { ...web, channelId: 'web2', code: 'WEB' } })
      .thenRejected({ type: 'SalesChannelCodeTaken', code: 'WEB', takenBy: 'web' });
    given(...ready)
      .when({ type: 'CreateSalesChannel', data: { ...web, publishedWarehouses: ['south'] } })
      .thenRejected({ type: 'WarehousesNotEnabled', warehouseIds: ['south'] });
  });

  it('are edited once they exist', () => {
    given(...ready, { type: 'SalesChannelCreated', data: { accountId: 'shop', ...web } })
      .when({ type: 'EditSalesChannel', data: { channelId: 'web', changes: { holdDelayMs: 5 } } })
      .then({ type: 'SalesChannelEdited', data: { accountId: 'shop', ...web, holdDelayMs: 5 } });
    given(...ready)
      .when({ type: 'EditSalesChannel', data: { channelId: 'web', changes: {} } })
      .thenRejected({ type: 'SalesChannelUnknown', channelId: 'web' });
  });

  it('map their codes to enabled warehouses, and say how much to publish of what is published', () => {
    given(...ready, created(web))
      .when({
        type: 'EditSalesChannel',
        data: { channelId: 'web', changes: { warehouseMappings: [{ theirs: 'loc-2', warehouseId: 'south' }] } },
      })
      .thenRejected({ type: 'WarehousesNotEnabled', warehouseIds: ['south'] });
    const rule = { warehouseId: 'south', buffer: 2, percentage: 50, cap: null, excludedSkus: [] };
    given(...ready, enabled('south'))
      .when({ type: 'CreateSalesChannel', data: { ...web, stockPublication: { mode: 'full', rules: [rule] } } })
      .thenRejected({ type: 'WarehousesNotPublished', warehouseIds: ['south'] });
  });

  it('that were told of before they had a status are active', () => {
    const { status: _, jobPeriodsMs: __, carrierMappings: ___, warehouseMappings: ____, stockPublication: _____, ...old } = web;
    given(...ready, created(old as SalesChannel))
      .when({ type: 'EditSalesChannel', data: { channelId: 'web', changes: { status: 'active' } } })
      .thenNothing();
    given(...ready, created(old as SalesChannel))
      .when({ type: 'EditSalesChannel', data: { channelId: 'web', changes: { status: 'paused' } } })
      .then({ type: 'SalesChannelEdited', data: { accountId: 'shop', ...web, status: 'paused' } });
  });
});

const openData = {
  accountId: 'shop',
  organizationId: 'acme',
  code: 'SHOP',
  name: 'Shop',
  licence: 'standard',
  inherited: builtInSettings,
} as const;
const opened: AccountEvent = {
  type: 'AccountOpened',
  data: { ...openData, defaultWarehouseId: null, choices: {}, effective: builtInSettings },
};
const chosen = (
  data: Partial<Extract<AccountEvent, { type: 'SettingsChosen' }>['data']> &
    Pick<Extract<AccountEvent, { type: 'SettingsChosen' }>['data'], 'own' | 'effective'>,
): AccountEvent => ({
  type: 'SettingsChosen',
  data: { accountId: 'shop', defaultWarehouseId: null, choices: {}, ...data },
});
const inherited = (handedDown: typeof builtInSettings, effective: typeof builtInSettings): AccountEvent => ({
  type: 'DefaultsInherited',
  data: { accountId: 'shop', defaultWarehouseId: null, choices: {}, inherited: handedDown, effective },
});
const channel: FulfillmentChannel = {
  channelId: 'channel',
  applicationType: 'none',
  connector: null,
  backOrderMode: 'managed-here',
  reportMeaning: 'on-hand',
  finalReceipts: false,
  endpointUrl: null,
  sealedCredentials: null,
  ...fulfillmentChannelWork,
};
const enabledData = (warehouseId: string): EnabledWarehouse & { accountId: string } => ({
  accountId: 'shop',
  warehouseId,
  code: warehouseId,
  kind: 'physical',
  priority: 1,
  members: [],
  channel,
});
const virtualData = (members: readonly string[]): EnabledWarehouse & { accountId: string } => ({
  ...enabledData('both'),
  kind: 'virtual',
  members,
  channel: null,
});
const enabled = (warehouseId: string): AccountEvent => ({ type: 'WarehouseEnabled', data: enabledData(warehouseId) });
const virtualEnabled = (members: readonly string[]): AccountEvent => ({ type: 'WarehouseEnabled', data: virtualData(members) });
const enable = (warehouseId: string, more: Partial<EnableWarehouse['data']> = {}): EnableWarehouse => ({
  type: 'EnableWarehouse',
  data: { warehouseId, code: warehouseId, kind: 'physical', priority: 1, members: [], organizationRevision: 5, channel, ...more },
});
const enableVirtual = (members: readonly string[]) => enable('both', { kind: 'virtual', members, channel: null });
const followData = (organizationRevision: number) => ({
  warehouseId: 'both',
  priority: 1,
  members: ['north', 'west'],
  organizationRevision,
});
const follow = (organizationRevision: number) => ({ type: 'FollowWarehouse', data: followData(organizationRevision) }) as const;
const followed = (organizationRevision: number): AccountEvent => ({ type: 'WarehouseFollowed', data: followData(organizationRevision) });
const ready = [opened, enabled('north')];
const byOwner: Granter = { kind: 'organization', userId: 'olga', role: 'owner' };
const addUser = (userId: string, role: AccountRole, by: Granter = byOwner) =>
  ({ type: 'AddAccountUser', data: { userId, role, by } }) as const;
const userAdded = (userId: string, role: AccountRole): AccountEvent => ({
  type: 'AccountUserAdded',
  data: { accountId: 'shop', organizationId: 'acme', userId, role },
});
const web: SalesChannel = {
  channelId: 'web',
  code: 'web',
  name: 'Web shop',
  connector: 'generic-http',
  endpointUrl: null,
  sealedCredentials: null,
  defaultOrderStatus: null,
  holdDelayMs: null,
  publishedWarehouses: ['north'],
  ...salesChannelWork,
};
const created = (salesChannel: SalesChannel): AccountEvent => ({
  type: 'SalesChannelCreated',
  data: { accountId: 'shop', ...salesChannel },
});
const suppliedBy = (id: string) => ({ kind: 'fulfillment-channel', id }) as const;
