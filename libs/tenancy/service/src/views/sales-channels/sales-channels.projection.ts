import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Projection } from '@stockproof/projections';
import { sql, type Statement } from '@stockproof/sql';
import type { AccountEvent, SalesChannel } from '@stockproof/tenancy-domain';
import { byEventType } from '../by-event-type';

const shown = (channel: SalesChannel & { readonly accountId: string }): readonly Statement[] => [
  sql(
    `insert into sales_channels_v1 (account_id, channel_id, code, name, connector, endpoint_url, has_credentials, default_order_status, hold_delay_ms, published_warehouses)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (account_id, channel_id) do update set name = excluded.name, endpoint_url = excluded.endpoint_url, has_credentials = excluded.has_credentials,
       default_order_status = excluded.default_order_status, hold_delay_ms = excluded.hold_delay_ms, published_warehouses = excluded.published_warehouses`,
    ...[
      channel.accountId,
      channel.channelId,
      channel.code,
      channel.name,
      channel.connector,
      channel.endpointUrl,
      channel.sealedCredentials !== null,
    ],
    ...[channel.defaultOrderStatus, channel.holdDelayMs, channel.publishedWarehouses],
  ),
];

export const salesChannelsProjection: Projection = {
  name: 'sales-channels',
  version: 1,
  ddl: readFileSync(join(__dirname, 'sales-channels.sql'), 'utf8'),
  ...byEventType<AccountEvent>({ SalesChannelCreated: shown, SalesChannelEdited: shown }),
};
