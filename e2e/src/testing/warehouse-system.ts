import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { succeed } from './http-client';
import type { Merchant } from './merchant';
import type { Simulator } from './simulator';

/** A simulated warehouse system behind a warehouse of a merchant, with a secret that it signs its pushes with. */
export type WarehouseSystem = {
  readonly code: string;
  readonly secret: string;
  readonly pushPath: string;
  /** What a person does there; none of it counts as a call. */
  readonly byHand: (method: 'GET' | 'PUT' | 'POST', path: string, body?: object) => Promise<Record<string, unknown>>;
  readonly onHand: () => Promise<unknown>;
  /** Pushes an update, or what else `type` says, as the system would; answers the status, and how many were applied or why it was refused. */
  readonly push: (
    update: object,
    as?: { readonly secret?: string; readonly sentAt?: Date; readonly type?: keyof typeof takenBy },
  ) => Promise<readonly [number, unknown]>;
  /** Changes how the channel is set up; what is not named is as it was, or as it is by default. */
  readonly setUp: (more: { readonly jobPeriodsMs?: Readonly<Record<string, number | null>> }) => Promise<void>;
};

const takenBy = { 'shipment-update': 'sales', receipt: 'purchasing', 'stock-levels': 'stock' } as const;

/** Sets the channel of the warehouse up anew: another place in the simulator, and pushes are believed. */
export const putBehind = async (merchant: Merchant, simulator: Simulator, warehouse: 'NORTH' | 'SOUTH'): Promise<WarehouseSystem> => {
  const code = `${warehouse}-${randomUUID().slice(0, 8)}`;
  const place = `${simulator.url}/warehouses/${code}`;
  const secret = `whsec_${Buffer.from(`pushes of ${code}, long enough`).toString('base64')}`;
  const warehouseId = merchant.warehouses[warehouse];
  const pushPath = merchant.of('sales', `/warehouses/${warehouseId}/pushes`);
  const setUp: WarehouseSystem['setUp'] = async (more) => {
    const fulfillmentChannel = {
      ...{ applicationType: 'connector', connector: 'generic-http', endpointUrl: place, credentials: { pushSecrets: [secret] } },
      ...more,
    };
    const path = merchant.of('tenancy', `/warehouses/${warehouseId}`);
    await succeed(merchant.call('PUT', path, { token: merchant.token, body: { fulfillmentChannel } }));
  };
  await setUp({});

  const byHand: WarehouseSystem['byHand'] = async (method, path, body) => {
    const response = await fetch(place + path, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const answered = (await response.json()) as Record<string, unknown>;
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answered)}`);
    return answered;
  };
  return {
    code,
    secret,
    pushPath,
    byHand,
    setUp,
    onHand: async () => (await byHand('GET', ''))['onHand'],
    push: async (update, { secret: signedWith = secret, sentAt = new Date(), type = 'shipment-update' } = {}) => {
      const [id, body] = [randomUUID(), JSON.stringify({ type, timestamp: sentAt.toISOString(), data: update })];
      const signature = {
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
        'webhook-signature': new Webhook(signedWith).sign(id, sentAt, body),
      };
      const response = await fetch(merchant.base + merchant.of(takenBy[type], `/warehouses/${warehouseId}/pushes`), {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...signature },
        body,
      });
      const answered = (await response.json()) as Record<string, unknown>;
      return [response.status, answered['applied'] ?? answered['code']];
    },
  };
};

export type JournalEntry = {
  readonly at: string;
  readonly kind: string;
  readonly orderNumber?: string;
  readonly shipmentId?: string;
  readonly lines?: readonly { readonly sku: string; readonly quantity: number }[];
};

/** Everything that really happened in this warehouse. */
export const journalOf = async (simulator: Simulator, { code }: WarehouseSystem): Promise<readonly JournalEntry[]> => {
  const response = await fetch(`${simulator.url}/journal?limit=10000&place=warehouses/${code}`);
  return ((await response.json()) as { readonly entries: readonly JournalEntry[] }).entries;
};
