import { sql, type TenantReader } from '@stockproof/sql';
import type { Address, WarehouseKind } from '@stockproof/tenancy-domain';

export type WarehouseRow = {
  readonly warehouse_id: string;
  readonly code: string;
  readonly name: string;
  readonly kind: WarehouseKind;
  readonly priority: number;
  readonly time_zone: string;
  readonly address: Address | null;
  readonly members: readonly string[];
  readonly archived: boolean;
};

/** All warehouses of an organization, archived ones included, by id. */
export const organizationWarehouses = (
  reader: TenantReader,
  organizationId: string,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<readonly WarehouseRow[]> =>
  reader.readAs<WarehouseRow>(
    { kind: 'organization', organizationId },
    sql(
      `select warehouse_id, code, name, kind, priority, time_zone, address, members, archived from warehouses_v1
       where organization_id = $1 and warehouse_id > coalesce($2, '00000000-0000-0000-0000-000000000000')::uuid order by warehouse_id limit $3`,
      organizationId,
      after,
      limit,
    ),
  );
