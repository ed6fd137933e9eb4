/** Highest first. */
export const organizationRoles = ['owner', 'administrator', 'supervisor', 'viewer'] as const;
export type OrganizationRole = (typeof organizationRoles)[number];

/** Highest first. */
export const accountRoles = ['administrator', 'supervisor', 'operator', 'viewer'] as const;
export type AccountRole = (typeof accountRoles)[number];
