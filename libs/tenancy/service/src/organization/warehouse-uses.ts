import type { AccountId, OrganizationId, WarehouseId } from '@stockproof/vocabulary';
import { accountStream, organizationStream, type TenancyAggregates } from '../aggregates';
import { latestState } from '../latest-state';

export type WarehouseUseInAccount = { readonly accountId: AccountId; readonly warehouseIds: readonly WarehouseId[] };

/** The accounts that have a warehouse enabled, each with all that it has enabled, as their streams say now. */
export const warehouseUses = async (
  tenancy: TenancyAggregates,
  organizationId: OrganizationId,
  warehouseId: WarehouseId,
): Promise<readonly WarehouseUseInAccount[]> => {
  const { accounts } = await latestState(tenancy.organizations, organizationStream(organizationId));
  const enabled = await Promise.all(
    [...accounts.keys()].map(async (accountId) => ({
      accountId,
      warehouseIds: [...(await latestState(tenancy.accounts, accountStream(accountId))).warehouses.keys()],
    })),
  );
  return enabled.filter(({ warehouseIds }) => warehouseIds.includes(warehouseId));
};
