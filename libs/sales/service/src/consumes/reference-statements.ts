import { skuMappedV1, skuMappingRemovedV1, variantAddedV1, variantArchivedV1 } from '@stockproof/catalog-contracts';
import type { DeliveredMessage } from '@stockproof/integration-bus';
import { sql, type Statement } from '@stockproof/sql';
import {
  accountSettingsChangedV1,
  salesChannelCreatedV1,
  virtualWarehouseMembersChangedV1,
  warehouseDisabledV1,
  warehouseEnabledV1,
} from '@stockproof/tenancy-contracts';
import { skuKey } from '@stockproof/vocabulary';

/** What a message changes in the looked-up facts; older news than the row never does. */
export const referenceStatements = (message: DeliveredMessage): readonly Statement[] => {
  const { type, data, accountId, organizationId, sequence } = message;
  switch (type) {
    case accountSettingsChangedV1.type: {
      const { settings } = accountSettingsChangedV1.schema.parse(data);
      return [
        sql(
          `insert into known_settings as k (account_id, settings, sequence, organization_id) values ($1, $2, $3, $4)
           on conflict (account_id) do update set settings = excluded.settings, sequence = excluded.sequence where k.sequence < excluded.sequence`,
          accountId,
          JSON.stringify(settings),
          sequence,
          organizationId,
        ),
      ];
    }
    case warehouseEnabledV1.type: {
      const { warehouseId, code, kind, priority, members, fulfillmentChannel } = warehouseEnabledV1.schema.parse(data);
      const channel = fulfillmentChannel === null ? null : JSON.stringify(fulfillmentChannel);
      return [
        sql(
          `insert into known_warehouses as k (account_id, warehouse_id, code, kind, priority, members, channel, enabled, sequence) values ($1, $2, $3, $4, $5, $6::uuid[], $7, true, $8)
           on conflict (account_id, warehouse_id) do update set code = excluded.code, kind = excluded.kind, priority = excluded.priority, members = excluded.members,
             channel = excluded.channel, enabled = true, sequence = excluded.sequence where k.sequence < excluded.sequence`,
          ...[accountId, warehouseId, code, kind, priority, members, channel, sequence],
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
    case virtualWarehouseMembersChangedV1.type: {
      const { warehouseId, members } = virtualWarehouseMembersChangedV1.schema.parse(data);
      return [sql('update known_warehouses set members = $2::uuid[] where warehouse_id = $1', warehouseId, members)];
    }
    case salesChannelCreatedV1.type: {
      const channel = salesChannelCreatedV1.schema.parse(data);
      return [
        sql(
          `insert into known_sales_channels as k (account_id, channel_id, channel, sequence) values ($1, $2, $3, $4)
           on conflict (account_id, channel_id) do update set channel = excluded.channel, sequence = excluded.sequence where k.sequence < excluded.sequence`,
          ...[accountId, channel.channelId, JSON.stringify(channel), sequence],
        ),
      ];
    }
    default:
      return variantStatements(message);
  }
};

const variantStatements = ({ type, data, accountId, sequence }: DeliveredMessage): readonly Statement[] => {
  switch (type) {
    case variantAddedV1.type: {
      const { sku, components } = variantAddedV1.schema.parse(data);
      return [
        sql(
          `insert into known_variants as k (account_id, sku_key, sku, components, archived, sequence) values ($1, $2, $3, $4, false, $5)
           on conflict (account_id, sku_key) do update set sku = excluded.sku, components = excluded.components, archived = false, sequence = excluded.sequence
             where k.sequence < excluded.sequence`,
          ...[accountId, skuKey(sku), sku, JSON.stringify(components), sequence],
        ),
      ];
    }
    case variantArchivedV1.type: {
      const { sku } = variantArchivedV1.schema.parse(data);
      return [
        sql(
          'update known_variants set archived = true, sequence = $3 where account_id = $1 and sku_key = $2 and sequence < $3',
          accountId,
          skuKey(sku),
          sequence,
        ),
      ];
    }
    default:
      return mappingStatements({ type, data, accountId, sequence });
  }
};

const mappingStatements = ({
  type,
  data,
  accountId,
  sequence,
}: Pick<DeliveredMessage, 'type' | 'data' | 'accountId' | 'sequence'>): readonly Statement[] => {
  if (type !== skuMappedV1.type && type !== skuMappingRemovedV1.type) return [];
  const { channelId, theirs } = skuMappingRemovedV1.schema.parse(data);
  const sku = type === skuMappedV1.type ? skuMappedV1.schema.parse(data).sku : null;
  return [
    sql(
      `insert into known_sku_mappings as k (account_id, channel_id, theirs_key, sku, sequence) values ($1, $2, $3, $4, $5)
       on conflict (account_id, channel_id, theirs_key) do update set sku = excluded.sku, sequence = excluded.sequence where k.sequence < excluded.sequence`,
      ...[accountId, channelId, skuKey(theirs), sku, sequence],
    ),
  ];
};
