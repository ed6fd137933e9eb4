import type { DeliveredMessage } from '@stockproof/integration-bus';
import { sql, type Statement } from '@stockproof/sql';
import { salesChannelCreatedV1, warehouseDisabledV1, warehouseEnabledV1 } from '@stockproof/tenancy-contracts';
import type { ShopPlace, WarehousePlace } from './channels';

/** What one message says of one channel. */
export type HeardChannel =
  | { readonly side: 'warehouse'; readonly place: WarehousePlace }
  | { readonly side: 'shop'; readonly place: ShopPlace }
  | { readonly side: 'gone'; readonly accountId: string; readonly warehouseId: string };

/** `null`: the message is about something else. */
export const heardChannel = ({ type, data, accountId, organizationId }: DeliveredMessage): HeardChannel | null => {
  if (accountId === null || organizationId === null) return null;
  switch (type) {
    case warehouseEnabledV1.type: {
      const { warehouseId, fulfillmentChannel } = warehouseEnabledV1.schema.parse(data);
      if (fulfillmentChannel === null) return null;
      return { side: 'warehouse', place: { accountId, organizationId, warehouseId, setUp: fulfillmentChannel } };
    }
    case warehouseDisabledV1.type:
      return { side: 'gone', accountId, warehouseId: warehouseDisabledV1.schema.parse(data).warehouseId };
    case salesChannelCreatedV1.type: {
      const setUp = salesChannelCreatedV1.schema.parse(data);
      return { side: 'shop', place: { accountId, organizationId, channelId: setUp.channelId, setUp } };
    }
    default:
      return null;
  }
};

const put = `
  insert into known_channels as k (account_id, side, place_id, organization_id, set_up, sequence) values ($1, $2, $3, $4, $5, $6)
  on conflict (account_id, side, place_id) do update set set_up = excluded.set_up, present = true, sequence = excluded.sequence where k.sequence < excluded.sequence`;

const remove = `update known_channels set present = false, sequence = $3 where account_id = $1 and side = 'warehouse' and place_id = $2 and sequence < $3`;

/** The row that keeps it; older news than the row never changes it. */
export const rowOf = (heard: HeardChannel, { sequence }: DeliveredMessage): Statement => {
  if (heard.side === 'gone') return sql(remove, heard.accountId, heard.warehouseId, sequence);
  const { accountId, organizationId, setUp } = heard.place;
  return sql(put, accountId, heard.side, placeIdOf(heard), organizationId, JSON.stringify(setUp), sequence);
};

/** The warehouse, or the sales channel. */
export const placeIdOf = (heard: Exclude<HeardChannel, { readonly side: 'gone' }>): string =>
  heard.side === 'warehouse' ? heard.place.warehouseId : heard.place.channelId;
