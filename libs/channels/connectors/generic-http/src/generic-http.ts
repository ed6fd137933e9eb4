import type { ChannelSetUp, Connection } from '@stockproof/channel-exchange';
import type { FulfillmentConnector } from '@stockproof/fulfillment-channel';
import type { SalesConnector } from '@stockproof/sales-channel';
import type { OutboundHttp } from './outbound/outbound-http';
import { peerCalls, type PeerCalls } from './peer-calls';
import { readSetUp, type GenericHttpSetUp } from './set-up';
import { shopChannel } from './shop-channel';
import { warehouseChannel } from './warehouse-channel';

/** Channels that speak plain HTTP and JSON, as described in docs/guides/generic-http-connector.md; for warehouses and for shops. */
export const genericHttp = (outbound: OutboundHttp): FulfillmentConnector & SalesConnector => {
  const known = new Map<string, PeerCalls>();
  // Kept per set-up, so that connecting again does not forget a pause after failures.
  const callsTo = (setUp: GenericHttpSetUp): PeerCalls => {
    const key = JSON.stringify(setUp);
    const calls = known.get(key) ?? peerCalls(outbound, setUp);
    known.set(key, calls);
    return calls;
  };
  const connect = <Channel>(
    given: ChannelSetUp,
    open: (calls: PeerCalls, pushSecrets: readonly string[]) => Channel,
  ): Connection<Channel> => {
    const read = readSetUp(given);
    if (read.outcome === 'wrong') return { outcome: 'misconfigured', problems: read.problems };
    return { outcome: 'connected', channel: open(callsTo(read.setUp), read.setUp.pushSecrets) };
  };
  return {
    name: 'generic-http',
    connectWarehouse: (setUp) => connect(setUp, warehouseChannel),
    connectShop: (setUp) => connect(setUp, shopChannel),
  };
};
