/** A step of the set-up: how it is told, the call that does it, and whether an order can come without it. */
export type DescribedStep = { readonly step: SetupStep; readonly title: string; readonly call: string; readonly blocksFirstOrder: boolean };
export type SetupStep =
  | 'organization-user'
  | 'physical-warehouse'
  | 'account'
  | 'enabled-warehouse'
  | 'default-warehouse'
  | 'master-product-source'
  | 'sales-channel'
  | 'workflows'
  | 'account-user';

/** In the order in which they must be done. */
export const organizationSteps = (organizationId: string): readonly DescribedStep[] => {
  const at = `/v1/tenancy/organizations/${organizationId}`;
  return [
    { step: 'organization-user', title: 'An active organization user', call: `POST ${at}/users`, blocksFirstOrder: true },
    { step: 'physical-warehouse', title: 'A physical warehouse', call: `POST ${at}/warehouses`, blocksFirstOrder: true },
    { step: 'account', title: 'An account', call: `POST ${at}/accounts`, blocksFirstOrder: true },
  ];
};

/** In the order in which they must be done. Account users may come last: organization users reach every account. */
export const accountSteps = (accountId: string): readonly DescribedStep[] => {
  const at = `/v1/tenancy/accounts/${accountId}`;
  return [
    {
      step: 'enabled-warehouse',
      title: 'An enabled warehouse with its fulfillment channel',
      call: `PUT ${at}/warehouses/{warehouseId}`,
      blocksFirstOrder: true,
    },
    { step: 'default-warehouse', title: 'A default warehouse', call: `PATCH ${at}/settings`, blocksFirstOrder: false },
    { step: 'master-product-source', title: 'Where products come from', call: `PATCH ${at}/settings`, blocksFirstOrder: false },
    { step: 'sales-channel', title: 'A sales channel', call: `POST ${at}/sales-channels`, blocksFirstOrder: false },
    { step: 'workflows', title: 'Which workflows run by themselves', call: `PATCH ${at}/settings`, blocksFirstOrder: false },
    { step: 'account-user', title: 'An account user', call: `POST ${at}/users`, blocksFirstOrder: false },
  ];
};
