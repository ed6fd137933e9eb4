import { given as givenBy } from '@stockproof/decider-testing';
import { builtInSettings } from '../settings';
import type { Granter, OrganizationRole } from '../roles';
import type { CreateWarehouse } from './organization.commands';
import { organizationDecider } from './organization.decider';
import type { OrganizationEvent, WarehouseKind } from './organization.events';

const given = givenBy(organizationDecider);

describe('an organization', () => {
  it('begins with its first owner', () => {
    given().when(createOrganization).then(created, added('olga', 'owner'));
  });

  it('is created once', () => {
    given(created, added('olga', 'owner')).when(createOrganization).thenRejected({ type: 'OrganizationAlreadyExists' });
  });

  it('must exist before anything is asked of it', () => {
    given()
      .when({ type: 'RenameOrganization', data: { name: 'New' } })
      .thenRejected({ type: 'OrganizationUnknown' });
  });

  it('hands down other defaults', () => {
    given(...acme)
      .when({ type: 'ChangeDefaults', data: { defaults: { allowSplitting: false } } })
      .then({ type: 'DefaultsChanged', data: { organizationId: 'acme', defaults: { ...defaults, allowSplitting: false } } });
    given(...acme)
      .when({ type: 'ChangeDefaults', data: { defaults: { allowSplitting: true } } })
      .thenNothing();
  });
});

describe('its people', () => {
  it('are added by somebody at least as high', () => {
    given(...acme)
      .when({ type: 'AddOrganizationUser', data: { userId: 'adam', role: 'administrator', by: byOwner } })
      .then(added('adam', 'administrator'));
    given(...acme, added('adam', 'administrator'))
      .when({ type: 'AddOrganizationUser', data: { userId: 'eve', role: 'owner', by: by('adam', 'administrator') } })
      .thenRejected({ type: 'RoleAboveOwn', role: 'owner' });
  });

  it('are there once', () => {
    given(...acme)
      .when({ type: 'AddOrganizationUser', data: { userId: 'olga', role: 'viewer', by: byOwner } })
      .thenRejected({ type: 'UserAlreadyThere', userId: 'olga' });
  });

  it('cannot pull down somebody above them', () => {
    given(...acme, added('otto', 'owner'), added('adam', 'administrator'))
      .when({ type: 'DeactivateOrganizationUser', data: { userId: 'otto', by: by('adam', 'administrator') } })
      .thenRejected({ type: 'RoleAboveOwn', role: 'owner' });
  });

  it('never change their own role', () => {
    given(...acme, added('otto', 'owner'))
      .when({ type: 'ChangeOrganizationRole', data: { userId: 'olga', role: 'viewer', by: byOwner } })
      .thenRejected({ type: 'OwnRole' });
  });

  it('must be known', () => {
    given(...acme)
      .when({ type: 'ReactivateOrganizationUser', data: { userId: 'eve', by: byOwner } })
      .thenRejected({ type: 'UserUnknown', userId: 'eve' });
  });

  it('keep a last owner', () => {
    given(...acme)
      .when({ type: 'DeactivateOrganizationUser', data: { userId: 'olga', by: { kind: 'installation' } } })
      .thenRejected({ type: 'LastOwner' });
  });

  it('keep a last administrator, who may rise', () => {
    const withAdam = [...acme, added('adam', 'administrator')];
    given(...withAdam)
      .when({ type: 'ChangeOrganizationRole', data: { userId: 'adam', role: 'viewer', by: byOwner } })
      .thenRejected({ type: 'LastAdministrator' });
    given(...withAdam)
      .when({ type: 'ChangeOrganizationRole', data: { userId: 'adam', role: 'owner', by: byOwner } })
      .then({ type: 'OrganizationRoleChanged', data: { organizationId: 'acme', userId: 'adam', role: 'owner', active: true } });
  });

  it('come back as what they were', () => {
    given(...acme, added('vera', 'viewer'), {
      type: 'OrganizationUserDeactivated',
      data: { organizationId: 'acme', userId: 'vera', role: 'viewer' },
    })
      .when({ type: 'ReactivateOrganizationUser', data: { userId: 'vera', by: byOwner } })
      .then({ type: 'OrganizationUserReactivated', data: { organizationId: 'acme', userId: 'vera', role: 'viewer' } });
  });
});

describe('its warehouses', () => {
  it('come after an active user', () => {
    given(created)
      .when(warehouse('north'))
      .thenRejected({
        type: 'DependencyMissing',
        missing: [{ what: 'an active organization user', call: 'POST /v1/tenancy/organizations/acme/users' }],
      });
  });

  it('take the time zone of the organization unless they say otherwise', () => {
    given(...acme)
      .when(warehouse('north'))
      .then(warehouseCreated('north'));
  });

  it('have codes that differ by more than case', () => {
    given(...acme, warehouseCreated('north'))
      .when(warehouse('other', { code: 'NORTH' }))
      .thenRejected({ type: 'WarehouseCodeTaken', code: 'NORTH', takenBy: 'north' });
  });

  it('have members only when they are virtual', () => {
    given(...acme, ...twoPhysical)
      .when(warehouse('west', { members: ['north', 'south'] }))
      .thenRejected({ type: 'PhysicalWarehouseHasNoMembers' });
    given(...acme, ...twoPhysical)
      .when(warehouse('both', { kind: 'virtual', members: ['north', 'south'] }))
      .then(warehouseCreated('both', 'virtual', ['north', 'south']));
  });

  it('are not nested, not alone, not doubled: all that is wrong is said at once', () => {
    given(...acme, ...twoPhysical, warehouseCreated('both', 'virtual', ['north', 'south']), {
      type: 'WarehouseArchived',
      data: { warehouseId: 'south' },
    })
      .when(warehouse('more', { kind: 'virtual', members: ['both', 'south', 'nowhere', 'south'] }))
      .thenRejected({
        type: 'MembersUnusable',
        tooFew: false,
        unknown: ['nowhere'],
        notPhysical: ['both'],
        archived: ['south'],
        twice: ['south'],
      });
    given(...acme, ...twoPhysical)
      .when(warehouse('more', { kind: 'virtual', members: ['north'] }))
      .thenRejected({ type: 'MembersUnusable', tooFew: true, unknown: [], notPhysical: [], archived: [], twice: [] });
  });

  it('change members only to what every account with them has enabled', () => {
    const change = { type: 'ChangeMembers', data: { warehouseId: 'both', members: ['north', 'west'], enabledIn: [] } } as const;
    const enabledIn = [{ accountId: 'shop', warehouseIds: ['both', 'north', 'south'] }];
    const history = [...acme, ...twoPhysical, warehouseCreated('west'), warehouseCreated('both', 'virtual', ['north', 'south'])];
    given(...history)
      .when({ ...change, data: { ...change.data, enabledIn } })
      .thenRejected({ type: 'MembersNotEnabled', missing: [{ accountId: 'shop', warehouseId: 'west' }] });
    given(...history)
      .when(change)
      .then({ type: 'MembersChanged', data: { organizationId: 'acme', warehouseId: 'both', members: ['north', 'west'] } });
  });

  it('are edited except for code and kind', () => {
    given(...acme, warehouseCreated('north'))
      .when({ type: 'EditWarehouse', data: { warehouseId: 'north', changes: { priority: 7 } } })
      .then({
        type: 'WarehouseEdited',
        data: { organizationId: 'acme', warehouseId: 'north', name: 'north', priority: 7, timeZone: 'Europe/Berlin', address: null },
      });
    given(...acme)
      .when({ type: 'EditWarehouse', data: { warehouseId: 'nowhere', changes: {} } })
      .thenRejected({ type: 'WarehousesUnknown', warehouseIds: ['nowhere'] });
  });

  it('are archived once nothing uses them', () => {
    given(...acme, ...twoPhysical, warehouseCreated('both', 'virtual', ['north', 'south']))
      .when({ type: 'ArchiveWarehouse', data: { warehouseId: 'north', enabledIn: ['shop'] } })
      .thenRejected({ type: 'WarehouseInUse', enabledIn: ['shop'], memberOf: ['both'] });
    given(...acme, ...twoPhysical)
      .when({ type: 'ArchiveWarehouse', data: { warehouseId: 'north', enabledIn: [] } })
      .then({ type: 'WarehouseArchived', data: { warehouseId: 'north' } });
  });
});

describe('its accounts', () => {
  it('come after a physical warehouse and an active user', () => {
    given(created)
      .when(account('My Account'))
      .thenRejected({
        type: 'DependencyMissing',
        missing: [
          { what: 'an active organization user', call: 'POST /v1/tenancy/organizations/acme/users' },
          { what: 'a physical warehouse', call: 'POST /v1/tenancy/organizations/acme/warehouses' },
        ],
      });
  });

  it('get a code from their name and the defaults of the day', () => {
    given(...ready)
      .when(account('My Account'))
      .then(accountAdded('shop', 'My Account', 'MY-ACCOUNT'));
  });

  it('have names of their own', () => {
    given(...ready, accountAdded('first', 'My Account', 'MY-ACCOUNT'))
      .when(account('my account '))
      .thenRejected({ type: 'AccountNameTaken', name: 'my account ', takenBy: 'first' });
  });

  it('have codes of their own, also after a renaming', () => {
    given(...ready, accountAdded('first', 'My Account', 'MY-ACCOUNT'), {
      type: 'AccountRenamed',
      data: { accountId: 'first', name: 'Other' },
    })
      .when(account('my/account'))
      .thenRejected({ type: 'AccountCodeTaken', code: 'MY-ACCOUNT', takenBy: 'first' });
  });

  it('need a name that gives a code', () => {
    given(...ready)
      .when(account('***'))
      .thenRejected({ type: 'NameGivesNoCode', name: '***' });
  });

  it('are renamed without changing their code', () => {
    given(...ready, accountAdded('first', 'My Account', 'MY-ACCOUNT'))
      .when({ type: 'RenameAccount', data: { accountId: 'first', name: 'Other' } })
      .then({ type: 'AccountRenamed', data: { accountId: 'first', name: 'Other' } });
    given(...ready)
      .when({ type: 'RenameAccount', data: { accountId: 'first', name: 'Other' } })
      .thenRejected({ type: 'AccountUnknown', accountId: 'first' });
  });
});

const defaults = { ...builtInSettings, timeZone: 'Europe/Berlin' };
const createOrganization = {
  type: 'CreateOrganization',
  data: { organizationId: 'acme', name: 'Acme', timeZone: 'Europe/Berlin', licenceOwner: null, ownerId: 'olga' },
} as const;
const created: OrganizationEvent = {
  type: 'OrganizationCreated',
  data: { organizationId: 'acme', name: 'Acme', licenceOwner: null, defaults },
};
const added = (userId: string, role: OrganizationRole): OrganizationEvent => ({
  type: 'OrganizationUserAdded',
  data: { organizationId: 'acme', userId, role },
});
const by = (userId: string, role: OrganizationRole): Granter => ({ kind: 'organization', userId, role });
const byOwner = by('olga', 'owner');
const acme = [created, added('olga', 'owner')];

const warehouse = (warehouseId: string, more: Partial<CreateWarehouse['data']> = {}): CreateWarehouse => ({
  type: 'CreateWarehouse',
  data: {
    warehouseId,
    code: warehouseId,
    name: warehouseId,
    kind: 'physical',
    priority: 1,
    timeZone: null,
    address: null,
    members: [],
    ...more,
  },
});
const warehouseCreated = (warehouseId: string, kind: WarehouseKind = 'physical', members: readonly string[] = []): OrganizationEvent => ({
  type: 'WarehouseCreated',
  data: {
    organizationId: 'acme',
    warehouseId,
    code: warehouseId,
    name: warehouseId,
    kind,
    priority: 1,
    timeZone: 'Europe/Berlin',
    address: null,
    members,
  },
});
const twoPhysical = [warehouseCreated('north'), warehouseCreated('south')];
const ready = [...acme, warehouseCreated('north')];
const account = (name: string) => ({ type: 'AddAccount', data: { accountId: 'shop', name, licence: 'standard' } }) as const;
const accountAdded = (accountId: string, name: string, code: string): OrganizationEvent => ({
  type: 'AccountAdded',
  data: { organizationId: 'acme', accountId, code, name, licence: 'standard', defaults },
});
