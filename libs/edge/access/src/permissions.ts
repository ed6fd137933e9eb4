/** Everything that somebody may be allowed to do. Scopes of API keys carry the same names. */
export const installationPermissions = ['organization:create'] as const;

/** What concerns the organization as a whole. */
export const organizationPermissions = [
  'organization:read',
  'organization:write',
  'organization-user:manage',
  'organization-rule:write',
  'licence:write',
  'warehouse:read',
  'warehouse:write',
  'account:create',
  'account:enable',
] as const;

/** What is done inside one account. */
export const accountPermissions = [
  'account:read',
  'account:write',
  'user:read',
  'user:manage',
  'api-key:manage',
  'order:read',
  'order:write',
  'order:approve',
  'order:hold',
  'order:cancel',
  'order:mark-shipped',
  'stock:read',
  'stock:adjust',
  'stock:repair',
  'purchase-order:read',
  'purchase-order:write',
  'purchase-order:approve',
  'purchase-order:cancel',
  'purchase-order:receive',
  'supplier:read',
  'supplier:write',
  'catalog:read',
  'catalog:write',
  'channel:read',
  'channel:write',
  'rule:read',
  'rule:write',
  'job:read',
  'job:run',
  'exception:read',
  'exception:resolve',
  'event:read',
  'dead-letter:read',
  'dead-letter:replay',
  'webhook:read',
  'webhook:manage',
  'person:forget',
] as const;

export const allPermissions = [...installationPermissions, ...organizationPermissions, ...accountPermissions] as const;
export type Permission = (typeof allPermissions)[number];
