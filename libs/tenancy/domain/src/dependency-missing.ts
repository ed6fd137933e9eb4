/** Something that must exist first, and the call that adds it. */
export type MissingDependency = { readonly what: string; readonly call: string };

/** The set-up is strictly top-down: names everything that has to be there before, in the order in which to add it. */
export type DependencyMissing = { readonly type: 'DependencyMissing'; readonly missing: readonly MissingDependency[] };

export const activeOrganizationUser = (organizationId: string): MissingDependency => ({
  what: 'an active organization user',
  call: `POST /v1/tenancy/organizations/${organizationId}/users`,
});

export const physicalWarehouse = (organizationId: string): MissingDependency => ({
  what: 'a physical warehouse',
  call: `POST /v1/tenancy/organizations/${organizationId}/warehouses`,
});

export const accountOf = (organizationId: string): MissingDependency => ({
  what: 'the account',
  call: `POST /v1/tenancy/organizations/${organizationId}/accounts`,
});

export const enabledWarehouse = (accountId: string): MissingDependency => ({
  what: 'an enabled warehouse',
  call: `PUT /v1/tenancy/accounts/${accountId}/warehouses/{warehouseId}`,
});

export const enabledMember = (accountId: string, warehouseId: string): MissingDependency => ({
  what: `member ${warehouseId} enabled for the account`,
  call: `PUT /v1/tenancy/accounts/${accountId}/warehouses/${warehouseId}`,
});
