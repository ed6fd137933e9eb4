/** Highest first. */
export const organizationRoles = ['owner', 'administrator', 'supervisor', 'viewer'] as const;
export type OrganizationRole = (typeof organizationRoles)[number];

/** Highest first. */
export const accountRoles = ['administrator', 'supervisor', 'operator', 'viewer'] as const;
export type AccountRole = (typeof accountRoles)[number];

/** Who grants or takes away a role. */
export type Granter =
  | { readonly kind: 'installation' }
  | { readonly kind: 'organization'; readonly userId: string; readonly role: OrganizationRole }
  | { readonly kind: 'account'; readonly userId: string; readonly role: AccountRole };

/**
 * The ladder on which all roles stand, lowest rung 1. An organization role stands where the account role of the same reach stands;
 * only the owner stands higher than any account role.
 */
const organizationRung: Readonly<Record<OrganizationRole, number>> = { owner: 5, administrator: 4, supervisor: 3, viewer: 1 };
const accountRung: Readonly<Record<AccountRole, number>> = { administrator: 4, supervisor: 3, operator: 2, viewer: 1 };

const rungInOrganization = (granter: Granter): number => {
  switch (granter.kind) {
    case 'installation':
      return organizationRung.owner;
    case 'organization':
      return organizationRung[granter.role];
    case 'account':
      return 0;
  }
};

const rungInAccount = (granter: Granter): number => {
  switch (granter.kind) {
    case 'installation':
      return 0;
    case 'organization':
      return organizationRung[granter.role];
    case 'account':
      return accountRung[granter.role];
  }
};

/** Nobody grants, changes or takes away a role above their own; an account's people grant nothing in the organization. */
export const mayGrantInOrganization = (granter: Granter, role: OrganizationRole): boolean =>
  rungInOrganization(granter) >= organizationRung[role];

/** As in the organization; the installation's administrator has no business inside an account. */
export const mayGrantInAccount = (granter: Granter, role: AccountRole): boolean => rungInAccount(granter) >= accountRung[role];

/** Whether `to` is at least as high as `from`: such a change takes nothing away. */
export const isNoLower = (from: OrganizationRole, to: OrganizationRole): boolean => organizationRung[to] >= organizationRung[from];
