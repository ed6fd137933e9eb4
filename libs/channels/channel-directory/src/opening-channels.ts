import type { ChannelCredentials } from '@stockproof/channel-credentials';
import type { ChannelSetUp, Connection } from '@stockproof/channel-exchange';
import type { FulfillmentChannel, FulfillmentConnector } from '@stockproof/fulfillment-channel';
import type { SalesChannel, SalesConnector } from '@stockproof/sales-channel';
import { ChannelNotUsable, type ShopPlace, type WarehousePlace } from './channels';

/** The kinds of channel that a process can reach, by the name that a channel's set-up carries. */
export type Connectors = {
  readonly fulfillment: ReadonlyMap<string, FulfillmentConnector>;
  readonly sales: ReadonlyMap<string, SalesConnector>;
};

type Peer = { readonly channelId: string; readonly endpointUrl: string | null; readonly sealedCredentials: string | null };

const setUpOf = ({ channelId, endpointUrl, sealedCredentials }: Peer, credentials: ChannelCredentials): ChannelSetUp => ({
  settings: endpointUrl === null ? {} : { baseUrl: endpointUrl },
  credentials: sealedCredentials === null ? {} : credentials.open(channelId, sealedCredentials),
});

const opened = <Channel>(connection: Connection<Channel>): Channel => {
  if (connection.outcome === 'connected') return connection.channel;
  throw new ChannelNotUsable(connection.problems.map(({ field, message }) => `${field}: ${message}`).join('; '));
};

const known = <Connector>(connectors: ReadonlyMap<string, Connector>, name: string): Connector => {
  const connector = connectors.get(name);
  if (connector === undefined) throw new ChannelNotUsable(`This process knows no connector named ${name}.`);
  return connector;
};

/** Opens channels as they are set up now. */
export const openingChannels = (connectors: Connectors, credentials: ChannelCredentials) => ({
  /** `null`: no system stands behind this warehouse. */
  openWarehouse: ({ setUp }: WarehousePlace): FulfillmentChannel | null =>
    setUp.applicationType === 'connector'
      ? opened(known(connectors.fulfillment, setUp.connector ?? '').connectWarehouse(setUpOf(setUp, credentials)))
      : null,
  openShop: ({ setUp }: ShopPlace): SalesChannel =>
    opened(known(connectors.sales, setUp.connector).connectShop(setUpOf(setUp, credentials))),
});

export type OpeningChannels = ReturnType<typeof openingChannels>;
