import fc from 'fast-check';
import { accountRoles, organizationRoles, type UserAccessChangedV1 } from '@stockproof/tenancy-contracts';
import { mayGrant, mayHold, permissionsOf, permissionsOfRole, roleTable, type HeldRole } from './role-table';
import { accountPermissions, allPermissions, organizationPermissions, type Permission } from './permissions';

const roles: readonly HeldRole[] = [
  ...organizationRoles.map((role): HeldRole => ({ level: 'organization', role })),
  ...accountRoles.map((role): HeldRole => ({ level: 'account', role })),
];
const aRole = fc.constantFrom(...roles);
const isIn = (smaller: ReadonlySet<Permission>, larger: ReadonlySet<Permission>): boolean =>
  [...smaller].every((permission) => larger.has(permission));

const access = (more: Partial<UserAccessChangedV1>): UserAccessChangedV1 => ({
  userId: 'u',
  organizationId: 'acme',
  installationAdministrator: false,
  organizationRole: null,
  accountRoles: [],
  active: true,
  ...more,
});
const anAccess = fc.record({
  userId: fc.constant('u'),
  organizationId: fc.constantFrom('acme', 'other'),
  installationAdministrator: fc.boolean(),
  organizationRole: fc.option(fc.constantFrom(...organizationRoles)),
  accountRoles: fc.array(fc.record({ accountId: fc.constantFrom('a', 'b'), role: fc.constantFrom(...accountRoles) }), { maxLength: 2 }),
  active: fc.boolean(),
});

describe('granting (G9)', () => {
  it('gives nothing that the granter does not hold', () => {
    fc.assert(
      fc.property(aRole, aRole, (granter, role) => !mayGrant(granter, role) || isIn(permissionsOfRole(role), permissionsOfRole(granter))),
    );
  });

  it('never climbs, however many grant to each other', () => {
    fc.assert(
      fc.property(aRole, fc.array(aRole, { maxLength: 6 }), (first, chain) => {
        const reached = chain.reduce((granter, role) => (mayGrant(granter, role) ? role : granter), first);
        return isIn(permissionsOfRole(reached), permissionsOfRole(first));
      }),
    );
  });

  it('follows the ladder of each level', () => {
    const granted = (level: HeldRole['level'], role: string) =>
      roles
        .filter((each) =>
          mayGrant(
            roles.find((held) => held.level === level && held.role === role)!,
            each,
          ),
        )
        .map((each) => `${each.level} ${each.role}`);
    const ofAccount = accountRoles.map((role) => `account ${role}`);
    expect(granted('organization', 'owner')).toEqual([...organizationRoles.map((role) => `organization ${role}`), ...ofAccount]);
    expect(granted('organization', 'administrator')).toEqual([
      'organization administrator',
      'organization supervisor',
      'organization viewer',
      ...ofAccount,
    ]);
    expect(granted('account', 'administrator')).toEqual(ofAccount);
    for (const [level, role] of [
      ['organization', 'supervisor'],
      ['organization', 'viewer'],
      ['account', 'supervisor'],
      ['account', 'operator'],
      ['account', 'viewer'],
    ] as const)
      expect(granted(level, role)).toEqual([]);
  });

  it('lets a key carry at most what its creator holds', () => {
    fc.assert(
      fc.property(
        aRole,
        fc.subarray([...allPermissions]),
        (creator, scopes) => mayHold(permissionsOfRole(creator), scopes) === scopes.every((scope) => permissionsOfRole(creator).has(scope)),
      ),
    );
  });
});

describe('the table', () => {
  it('grows from role to role of a level', () => {
    for (const level of [
      organizationRoles.map((role) => roleTable.organization[role]),
      accountRoles.map((role) => roleTable.account[role]),
    ]) {
      for (const [at, lower] of level.slice(1).entries()) expect(isIn(new Set(lower), new Set(level[at]))).toBe(true);
    }
  });

  it('gives no account role anything of the organization', () => {
    for (const role of accountRoles)
      expect(organizationPermissions.filter((permission) => permissionsOfRole({ level: 'account', role }).has(permission))).toEqual([]);
  });

  it('leaves the licence to the owner and organizations to the installation', () => {
    expect(roles.filter((role) => permissionsOfRole(role).has('licence:write'))).toEqual([{ level: 'organization', role: 'owner' }]);
    expect(roles.filter((role) => permissionsOfRole(role).has('organization:create'))).toEqual([]);
  });
});

describe('permissions at a place', () => {
  it('are none in a foreign organization, for the inactive, and in an account without a role there', () => {
    fc.assert(fc.property(anAccess, (someone) => permissionsOf(someone, { organizationId: 'third', accountId: 'a' }).size === 0));
    fc.assert(
      fc.property(
        anAccess,
        (someone) => permissionsOf({ ...someone, active: false }, { organizationId: someone.organizationId, accountId: 'a' }).size === 0,
      ),
    );
    expect(
      permissionsOf(access({ accountRoles: [{ accountId: 'a', role: 'administrator' }] }), { organizationId: 'acme', accountId: 'b' }).size,
    ).toBe(0);
  });

  it('reach every account from the organization, and one from the account', () => {
    expect(permissionsOf(access({ organizationRole: 'owner' }), { organizationId: 'acme', accountId: 'any' }).has('order:approve')).toBe(
      true,
    );
    expect([
      ...permissionsOf(access({ accountRoles: [{ accountId: 'a', role: 'administrator' }] }), { organizationId: 'acme', accountId: 'a' }),
    ]).toEqual([...accountPermissions]);
  });

  it('let an installation administrator create organizations and nothing else', () => {
    const root = access({ organizationId: null, installationAdministrator: true });
    expect([...permissionsOf(root, { organizationId: null, accountId: null })]).toEqual(['organization:create']);
    fc.assert(
      fc.property(
        anAccess,
        (someone) =>
          permissionsOf({ ...someone, installationAdministrator: true }, { organizationId: someone.organizationId, accountId: 'a' })
            .size === 0,
      ),
    );
  });
});
