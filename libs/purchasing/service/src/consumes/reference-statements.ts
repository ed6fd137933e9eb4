import type { DeliveredMessage } from '@stockproof/integration-bus';
import { sql, type Statement } from '@stockproof/sql';
import { accountSettingsChangedV1, warehouseDisabledV1, warehouseEnabledV1 } from '@stockproof/tenancy-contracts';

/** What a message changes in the looked-up facts; older news than the row never does. */
export const referenceStatements = ({ type, data, accountId, sequence }: DeliveredMessage): readonly Statement[] => {
  switch (type) {
    case accountSettingsChangedV1.type: {
      const { settings } = accountSettingsChangedV1.schema.parse(data);
      return [
        sql(
          `insert into known_settings as k (account_id, settings, sequence) values ($1, $2, $3)
           on conflict (account_id) do update set settings = excluded.settings, sequence = excluded.sequence where k.sequence < excluded.sequence`,
          ...[accountId, JSON.stringify(settings), sequence],
        ),
      ];
    }
    case warehouseEnabledV1.type: {
      const { warehouseId, code, kind, fulfillmentChannel } = warehouseEnabledV1.schema.parse(data);
      const channel = fulfillmentChannel === null ? null : JSON.stringify(fulfillmentChannel);
      return [
        sql(
          `insert into known_warehouses as k (account_id, warehouse_id, code, kind, channel, enabled, sequence) values ($1, $2, $3, $4, $5, true, $6)
           on conflict (account_id, warehouse_id) do update set code = excluded.code, kind = excluded.kind, channel = excluded.channel, enabled = true,
             sequence = excluded.sequence where k.sequence < excluded.sequence`,
          ...[accountId, warehouseId, code, kind, channel, sequence],
        ),
      ];
    }
    case warehouseDisabledV1.type: {
      const { warehouseId } = warehouseDisabledV1.schema.parse(data);
      return [
        sql(
          'update known_warehouses set enabled = false, sequence = $3 where account_id = $1 and warehouse_id = $2 and sequence < $3',
          accountId,
          warehouseId,
          sequence,
        ),
      ];
    }
    default:
      return [];
  }
};
