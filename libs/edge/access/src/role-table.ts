import type { AccountRole, OrganizationRole, UserAccessChangedV1 } from '@stockproof/tenancy-contracts';
import { accountPermissions, organizationPermissions, type Permission } from './permissions';

const readsOf = (permissions: readonly Permission[]): readonly Permission[] =>
  permissions.filter((permission) => permission.endsWith(':read'));
const without = (permissions: readonly Permission[], ...left: readonly Permission[]): readonly Permission[] =>
  permissions.filter((permission) => !left.includes(permission));

const administration: readonly Permission[] = [
  'account:write',
  'user:manage',
  'api-key:manage',
  'channel:write',
  'stock:repair',
  'webhook:manage',
  'person:forget',
];
const supervision: readonly Permission[] = without(accountPermissions, ...administration);
const operation: readonly Permission[] = [
  ...readsOf(accountPermissions),
  'order:write',
  'order:hold',
  'order:mark-shipped',
  'purchase-order:write',
  'purchase-order:receive',
  'job:run',
  'exception:resolve',
];

/** Role → permissions: the one place. Organization roles hold theirs in every account of the organization. */
export const roleTable: {
  readonly organization: Readonly<Record<OrganizationRole, readonly Permission[]>>;
  readonly account: Readonly<Record<AccountRole, readonly Permission[]>>;
  readonly installation: readonly Permission[];
} = {
  organization: {
    owner: [...organizationPermissions, ...accountPermissions],
    administrator: without([...organizationPermissions, ...accountPermissions], 'licence:write'),
    supervisor: [...readsOf(organizationPermissions), ...supervision],
    viewer: readsOf([...organizationPermissions, ...accountPermissions]),
  },
  account: {
    administrator: accountPermissions,
    supervisor: supervision,
    operator: operation,
    viewer: readsOf(accountPermissions),
  },
  installation: ['organization:create'],
};

/** A role as it is held or granted; account roles are compared within one account. */
export type HeldRole =
  { readonly level: 'organization'; readonly role: OrganizationRole } | { readonly level: 'account'; readonly role: AccountRole };

/** The permissions of a role. */
export const permissionsOfRole = (held: HeldRole): ReadonlySet<Permission> =>
  new Set(held.level === 'organization' ? roleTable.organization[held.role] : roleTable.account[held.role]);

/** Where a permission is asked for: an account, or the organization (or installation) itself. */
export type Place = { readonly organizationId: string | null; readonly accountId: string | null };

/** What a user may do at a place; nothing where the place is foreign or the user inactive. */
export const permissionsOf = (access: UserAccessChangedV1, place: Place): ReadonlySet<Permission> => {
  if (!access.active) return new Set();
  if (access.installationAdministrator) return new Set(place.organizationId === null ? roleTable.installation : []);
  if (place.organizationId !== access.organizationId) return new Set();
  const granted: Permission[] = access.organizationRole === null ? [] : [...roleTable.organization[access.organizationRole]];
  const inAccount = access.accountRoles.filter(({ accountId }) => accountId === place.accountId);
  return new Set([...granted, ...inAccount.flatMap(({ role }) => roleTable.account[role])]);
};

/** Nobody grants a role above their own: they must be able to manage users there, and hold all that the role gives. */
export const mayGrant = (granter: HeldRole, role: HeldRole): boolean => {
  const own = permissionsOfRole(granter);
  const needed: Permission = role.level === 'organization' ? 'organization-user:manage' : 'user:manage';
  return own.has(needed) && mayHold(own, permissionsOfRole(role));
};

/** A key carries at most what its creator holds where it is created. */
export const mayHold = (creator: ReadonlySet<Permission>, scopes: Iterable<Permission>): boolean =>
  [...scopes].every((scope) => creator.has(scope));
