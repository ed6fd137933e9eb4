import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { genericHttp, openOutboundHttp } from '@stockproof/connector-generic-http';
import type { WarehouseFact } from '@stockproof/fulfillment-channel';
import { fulfillmentChannelSuite } from '@stockproof/fulfillment-channel/testing';
import type { OrderUpdate } from '@stockproof/sales-channel';
import { salesChannelSuite } from '@stockproof/sales-channel/testing';
import { signPush } from './http/push';
import { startSimulator } from './start-simulator';

const secret = `whsec_${Buffer.from('a secret of thirty-two bytes ...').toString('base64')}`;
let numbers = 0;
const newNumber = (fate: 'taken' | 'answer-lost' | 'refused') =>
  `SO-${(numbers += 1)}-${{ taken: 'OK', 'answer-lost': 'LOST', refused: 'REFUSE' }[fate]}`;

const dataOf = (fact: WarehouseFact): object => {
  switch (fact.kind) {
    case 'shipment-update':
      return fact.update;
    case 'receipt':
      return fact.receipt;
    case 'stock-levels':
      return fact.report;
  }
};

const signed = (type: string, data: object) => {
  const rawBody = JSON.stringify({ type, timestamp: new Date().toISOString(), data });
  return { headers: signPush(secret, `push-${(numbers += 1)}`, rawBody, new Date()), rawBody };
};

type Answer = {
  readonly entries: readonly { readonly shipmentId: string }[];
  readonly told: Readonly<Record<string, readonly OrderUpdate[]>>;
  readonly offered: readonly { readonly sku: string; readonly quantity: number }[];
};

const open = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
  const simulator = await startSimulator({ port: 0, journalFile: join(folder, 'journal.jsonl') });
  const outbound = openOutboundHttp({ allow: [new URL(simulator.url).host, '127.0.0.1:1'] });
  const send = async (method: string, path: string, body?: object) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${simulator.url}${path}`, {
      method,
      ...(body === undefined ? {} : { headers, body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Answer;
  };
  const setUp = (baseUrl: string) => ({ settings: { baseUrl, pageSize: 2 }, credentials: { pushSecrets: [secret] } });
  const connector = genericHttp(outbound);
  const stop = async () => {
    await outbound.close();
    await simulator.stop();
    rmSync(folder, { recursive: true });
  };
  return { url: simulator.url, send, setUp, connector, stop };
};

const connected = <Channel>(connection: { outcome: 'connected'; channel: Channel } | { outcome: 'misconfigured' }): Channel => {
  if (connection.outcome === 'connected') return connection.channel;
  throw new Error('misconfigured');
};

fulfillmentChannelSuite(
  'generic-http to the simulator',
  [
    'send-shipments',
    'cancel-shipments',
    'fetch-shipment-updates',
    'send-purchase-orders',
    'cancel-purchase-orders',
    'fetch-receipts',
    'fetch-stock-levels',
    'send-products',
    'import-products',
    'push',
  ],
  async () => {
    const { url, send, setUp, connector, stop } = await open();
    const here = '/warehouses/BER';
    await send('PUT', `${here}/settings`, { automatic: false });
    return {
      channel: connected(connector.connectWarehouse(setUp(`${url}${here}`))),
      deadChannel: connected(connector.connectWarehouse(setUp('http://127.0.0.1:1'))),
      newNumber,
      ship: async (id, quantities, completion) => void (await send('POST', `${here}/shipments/${id}/ship`, { quantities, completion })),
      receive: async (id, quantities, final) => void (await send('POST', `${here}/purchase-orders/${id}/receive`, { quantities, final })),
      setStock: async (sku, quantity) => void (await send('PUT', `${here}/stock`, { rows: [{ sku, quantity }] })),
      offer: async (product) => void (await send('PUT', `${here}/products`, { product })),
      taken: async () => (await send('GET', '/journal?limit=10000&kind=shipment-taken')).entries.map(({ shipmentId }) => shipmentId),
      signed: (fact) => signed(fact.kind, dataOf(fact)),
      stop,
    };
  },
);

salesChannelSuite(
  'generic-http to the simulator',
  ['fetch-orders', 'send-order-updates', 'publish-stock', 'import-products', 'send-products', 'push'],
  async () => {
    const { url, send, setUp, connector, stop } = await open();
    const here = '/shops/WEB';
    return {
      channel: connected(connector.connectShop(setUp(`${url}${here}`))),
      deadChannel: connected(connector.connectShop(setUp('http://127.0.0.1:1'))),
      newNumber,
      place: async (order) => void (await send('POST', `${here}/orders`, { order })),
      placeNonsense: async () => void (await send('POST', `${here}/orders`, { order: { lines: 'two mugs' } })),
      offer: async (product) => void (await send('PUT', `${here}/products`, { product })),
      told: async (orderNumber) => (await send('GET', here)).told[orderNumber] ?? [],
      offered: async (sku) => (await send('GET', here)).offered.find((row) => row.sku === sku)?.quantity ?? null,
      signed: (order) => signed('order', order),
      stop,
    };
  },
);
