import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedEvent } from '@stockproof/event-store';
import type { Projection } from '@stockproof/projections';
import { sql, type Statement } from '@stockproof/sql';
import { completeFulfillmentChannel, type AccountEvent, type EnabledWarehouse, type FulfillmentChannel } from '@stockproof/tenancy-domain';
import { byEventType } from '../by-event-type';

const shown = ({ sealedCredentials, ...channel }: FulfillmentChannel): string =>
  JSON.stringify({ ...channel, hasCredentials: sealedCredentials !== null });

const enabled = (warehouse: EnabledWarehouse & { readonly accountId: string }, { meta }: RecordedEvent): readonly Statement[] => [
  sql(
    `insert into account_warehouses_v2 (account_id, organization_id, warehouse_id, code, kind, priority, members, channel)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (account_id, warehouse_id) do update set priority = excluded.priority, members = excluded.members, channel = excluded.channel`,
    ...[
      warehouse.accountId,
      meta.organizationId,
      warehouse.warehouseId,
      warehouse.code,
      warehouse.kind,
      warehouse.priority,
      warehouse.members,
    ],
    warehouse.channel && shown(completeFulfillmentChannel(warehouse.channel)),
  ),
];

/** Warehouses that accounts have enabled, with what stands behind each. */
export const accountWarehousesProjection: Projection = {
  name: 'account-warehouses',
  version: 2,
  ddl: readFileSync(join(__dirname, 'account-warehouses.sql'), 'utf8'),
  ...byEventType<AccountEvent>({
    WarehouseEnabled: enabled,
    EnabledWarehouseChanged: enabled,
    WarehouseDisabled: ({ accountId, warehouseId }) => [
      sql('delete from account_warehouses_v2 where account_id = $1 and warehouse_id = $2', accountId, warehouseId),
    ],
  }),
};
