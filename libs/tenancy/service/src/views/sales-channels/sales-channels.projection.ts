import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Projection } from '@stockproof/projections';
import { sql, type Statement } from '@stockproof/sql';
import { completeSalesChannel, type AccountEvent, type SalesChannel } from '@stockproof/tenancy-domain';
import { byEventType } from '../by-event-type';

const shown = (told: SalesChannel & { readonly accountId: string }): readonly Statement[] => {
  const channel = completeSalesChannel(told);
  return [
    sql(
      `insert into sales_channels_v2 (account_id, channel_id, code, name, connector, endpoint_url, has_credentials, default_order_status, hold_delay_ms,
         published_warehouses, status, job_periods_ms, carrier_mappings, warehouse_mappings, stock_publication)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
       on conflict (account_id, channel_id) do update set name = excluded.name, endpoint_url = excluded.endpoint_url, has_credentials = excluded.has_credentials,
         default_order_status = excluded.default_order_status, hold_delay_ms = excluded.hold_delay_ms, published_warehouses = excluded.published_warehouses,
         status = excluded.status, job_periods_ms = excluded.job_periods_ms, carrier_mappings = excluded.carrier_mappings,
         warehouse_mappings = excluded.warehouse_mappings, stock_publication = excluded.stock_publication`,
      ...[channel.accountId, channel.channelId, channel.code, channel.name, channel.connector, channel.endpointUrl],
      ...[channel.sealedCredentials !== null, channel.defaultOrderStatus, channel.holdDelayMs, channel.publishedWarehouses, channel.status],
      ...[channel.jobPeriodsMs, channel.carrierMappings, channel.warehouseMappings, channel.stockPublication].map((part) =>
        JSON.stringify(part),
      ),
    ),
  ];
};

export const salesChannelsProjection: Projection = {
  name: 'sales-channels',
  version: 2,
  ddl: readFileSync(join(__dirname, 'sales-channels.sql'), 'utf8'),
  ...byEventType<AccountEvent>({ SalesChannelCreated: shown, SalesChannelEdited: shown }),
};
