import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { MessageBatch } from '@stockproof/bus-transport';
import {
  skuMappedV1,
  skuMappingEventsTopic,
  skuMappingRemovedV1,
  variantAddedV1,
  variantArchivedV1,
  variantEventsTopic,
} from '@stockproof/catalog-contracts';
import type { DeliveredMessage } from '@stockproof/integration-bus';
import { sql, type Statement } from '@stockproof/sql';
import { accountEventsTopic, accountSettingsChangedV1, warehouseDisabledV1, warehouseEnabledV1 } from '@stockproof/tenancy-contracts';
import { skuKey } from '@stockproof/vocabulary';

/** Where what-ifs look up the warehouses of an account. */
export const warehouseTerms = { topic: accountEventsTopic, group: 'stock.warehouse-terms' } as const;

/** Keeps as rows what is looked up and not decided with: SKUs, shops' names of them, whether orders may be split, and warehouses. */
@Controller()
export class PublicationReferenceConsumer {
  @EventPattern(variantEventsTopic, { group: 'stock.variants' })
  async hearOfVariants(@Payload() { messages }: MessageBatch): Promise<readonly Statement[]> {
    return messages.flatMap(variantRows);
  }

  @EventPattern(skuMappingEventsTopic, { group: 'stock.sku-mappings' })
  async hearOfMappings(@Payload() { messages }: MessageBatch): Promise<readonly Statement[]> {
    return messages.flatMap(mappingRows);
  }

  @EventPattern(accountEventsTopic, { group: 'stock.splitting' })
  async hearOfSettings(@Payload() { messages }: MessageBatch): Promise<readonly Statement[]> {
    return messages.flatMap(splittingRows);
  }

  @EventPattern(warehouseTerms.topic, { group: warehouseTerms.group })
  async hearOfWarehouses(@Payload() { messages }: MessageBatch): Promise<readonly Statement[]> {
    return messages.flatMap(warehouseRows);
  }
}

const variantRows = ({ type, data, accountId, sequence }: DeliveredMessage): readonly Statement[] => {
  if (type === variantArchivedV1.type) {
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
  if (type !== variantAddedV1.type) return [];
  const { sku, components } = variantAddedV1.schema.parse(data);
  return [
    sql(
      `insert into known_variants as k (account_id, sku_key, sku, components, archived, sequence) values ($1, $2, $3, $4, false, $5)
       on conflict (account_id, sku_key) do update set sku = excluded.sku, components = excluded.components, archived = false, sequence = excluded.sequence
         where k.sequence < excluded.sequence`,
      ...[accountId, skuKey(sku), sku, JSON.stringify(components), sequence],
    ),
  ];
};

const putMapping = `
  insert into known_sku_mappings as k (account_id, channel_id, theirs, sku_key, removed, sequence) values ($1, $2, $3, $4, $5, $6)
  on conflict (account_id, channel_id, theirs) do update set sku_key = excluded.sku_key, removed = excluded.removed, sequence = excluded.sequence
    where k.sequence < excluded.sequence`;

const mappingRows = ({ type, data, accountId, sequence }: DeliveredMessage): readonly Statement[] => {
  if (type === skuMappedV1.type) {
    const { channelId, theirs, sku } = skuMappedV1.schema.parse(data);
    return [sql(putMapping, accountId, channelId, theirs, skuKey(sku), false, sequence)];
  }
  if (type !== skuMappingRemovedV1.type) return [];
  const { channelId, theirs } = skuMappingRemovedV1.schema.parse(data);
  return [sql(putMapping, accountId, channelId, theirs, '', true, sequence)];
};

const splittingRows = ({ type, data, accountId, sequence }: DeliveredMessage): readonly Statement[] => {
  if (type !== accountSettingsChangedV1.type) return [];
  const { settings } = accountSettingsChangedV1.schema.parse(data);
  return [
    sql(
      `insert into known_splitting as k (account_id, allow_splitting, sequence) values ($1, $2, $3)
       on conflict (account_id) do update set allow_splitting = excluded.allow_splitting, sequence = excluded.sequence where k.sequence < excluded.sequence`,
      ...[accountId, settings.allowSplitting, sequence],
    ),
  ];
};

const warehouseRows = ({ type, data, sequence }: DeliveredMessage): readonly Statement[] => {
  if (type === warehouseDisabledV1.type) {
    const { accountId, warehouseId } = warehouseDisabledV1.schema.parse(data);
    return [
      sql(
        'update known_warehouses set enabled = false, sequence = $3 where account_id = $1 and warehouse_id = $2 and sequence < $3',
        ...[accountId, warehouseId, sequence],
      ),
    ];
  }
  if (type !== warehouseEnabledV1.type) return [];
  const { accountId, warehouseId, code, kind, priority, fulfillmentChannel } = warehouseEnabledV1.schema.parse(data);
  return [
    sql(
      `insert into known_warehouses as k (account_id, warehouse_id, code, kind, priority, checked, enabled, sequence) values ($1, $2, $3, $4, $5, $6, true, $7)
       on conflict (account_id, warehouse_id) do update set code = excluded.code, kind = excluded.kind, priority = excluded.priority,
         checked = excluded.checked, enabled = true, sequence = excluded.sequence where k.sequence < excluded.sequence`,
      ...[accountId, warehouseId, code, kind, priority, fulfillmentChannel?.backOrderMode !== 'managed-by-warehouse', sequence],
    ),
  ];
};
