import { sql, type TenantReader } from '@stockproof/sql';
import type { FulfillmentChannel, WarehouseKind } from '@stockproof/tenancy-domain';

export type AccountWarehouseRow = {
  readonly warehouse_id: string;
  readonly code: string;
  readonly kind: WarehouseKind;
  readonly priority: number;
  readonly members: readonly string[];
  readonly channel: (Omit<FulfillmentChannel, 'sealedCredentials'> & { readonly hasCredentials: boolean }) | null;
};

/** Warehouses that the account has enabled. */
export const accountWarehouses = (
  reader: TenantReader,
  accountId: string,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<readonly AccountWarehouseRow[]> =>
  reader.readAs<AccountWarehouseRow>(
    { kind: 'account', accountId },
    sql(
      `select warehouse_id, code, kind, priority, members, channel from account_warehouses_v2
       where account_id = $1 and warehouse_id > coalesce($2, '00000000-0000-0000-0000-000000000000')::uuid order by warehouse_id limit $3`,
      accountId,
      after,
      limit,
    ),
  );
