import type { ChannelCredentials } from '@stockproof/channel-credentials';
import type { FulfillmentChannel } from '@stockproof/fulfillment-channel';
import type { ChannelConnectors } from '@stockproof/service-host';
import type { AccountId } from '@stockproof/vocabulary';
import type { KnownAccount } from '../reference/known-account';

/** Says in a sentence what is wrong with the set-up of a channel; jobs show it. */
export class ChannelNotUsable extends Error {}

/** Opens the channel behind a warehouse, as it is set up now; `null` where none stands behind it, or sales has not heard of it yet. */
export type WarehouseConnection = (accountId: AccountId, warehouseId: string) => Promise<FulfillmentChannel | null>;

export const warehouseConnection =
  (known: KnownAccount, connectors: ChannelConnectors, credentials: ChannelCredentials): WarehouseConnection =>
  async (accountId, warehouseId) => {
    const channel = (await known.warehouses(accountId)).find((each) => each.warehouse_id === warehouseId)?.channel;
    if (channel?.applicationType !== 'connector') return null;
    const connector = connectors.fulfillment.get(channel.connector ?? '');
    if (!connector) throw new ChannelNotUsable(`This process knows no connector named ${channel.connector}.`);
    const connection = connector.connectWarehouse({
      settings: channel.endpointUrl === null ? {} : { baseUrl: channel.endpointUrl },
      credentials: channel.sealedCredentials === null ? {} : credentials.open(channel.channelId, channel.sealedCredentials),
    });
    if (connection.outcome === 'misconfigured')
      throw new ChannelNotUsable(connection.problems.map(({ field, message }) => `${field}: ${message}`).join('; '));
    return connection.channel;
  };
