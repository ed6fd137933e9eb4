import { randomUUID } from 'node:crypto';
import { httpClient, succeed, type Answer, type HttpClient } from './http-client';
import type { Installation } from './installation';
import { untilTrue } from './product-process';

/** One organization with one account, two physical warehouses and a virtual one over them, set up over HTTP as people would. */
export type Merchant = {
  readonly base: string;
  readonly call: HttpClient;
  readonly token: string;
  readonly organizationId: string;
  readonly accountId: string;
  readonly warehouses: { readonly NORTH: string; readonly SOUTH: string; readonly BOTH: string };
  readonly of: (service: 'tenancy' | 'stock' | 'sales' | 'catalog' | 'purchasing', path: string) => string;
  readonly get: (service: 'tenancy' | 'stock' | 'sales' | 'catalog' | 'purchasing', path: string) => Promise<Answer>;
  readonly post: (
    service: 'tenancy' | 'stock' | 'sales' | 'catalog' | 'purchasing',
    path: string,
    body: unknown,
    key?: string,
  ) => Promise<Answer>;
};

const password = 'correct horse battery staple';

export const newMerchant = async (
  installation: Pick<Installation, 'base' | 'adminPassword'>,
  channels: { readonly url: string } | null,
  settings: Record<string, unknown> = {},
): Promise<Merchant> => {
  const call = httpClient(installation.base);
  const tag = randomUUID().slice(0, 8);
  const admin = await tokenOf(call, 'admin', installation.adminPassword());
  const owner = { email: `owner-${tag}@example.com`, name: 'Olga Owner', password };
  const organization = await succeed(
    call('POST', '/v1/tenancy/organizations', { token: admin, body: { name: `Merchant ${tag}`, timeZone: 'Europe/Berlin', owner } }),
  );
  const token = await tokenOf(call, owner.email, password);
  const organizationId = String(organization.body['organizationId']);
  const organizationPath = `/v1/tenancy/organizations/${organizationId}`;
  const create = async (path: string, body: unknown, id: string): Promise<string> =>
    String((await succeed(call('POST', `${organizationPath}${path}`, { token, body }))).body[id]);
  const NORTH = await create('/warehouses', { code: 'NORTH', name: 'North', kind: 'physical' }, 'warehouseId');
  const SOUTH = await create('/warehouses', { code: 'SOUTH', name: 'South', kind: 'physical' }, 'warehouseId');
  const BOTH = await create('/warehouses', { code: 'BOTH', name: 'Both', kind: 'virtual', members: [NORTH, SOUTH] }, 'warehouseId');
  const accountId = await create('/accounts', { name: 'Shop' }, 'accountId');

  const of: Merchant['of'] = (service, path) => `/v1/${service}/accounts/${accountId}${path}`;
  const channel = (code: string) =>
    channels === null
      ? {}
      : {
          fulfillmentChannel: {
            applicationType: 'connector',
            connector: 'generic-http',
            endpointUrl: `${channels.url}/warehouses/${code}-${tag}`,
          },
        };
  await succeed(call('PUT', of('tenancy', `/warehouses/${NORTH}`), { token, body: channel('NORTH') }));
  await succeed(call('PUT', of('tenancy', `/warehouses/${SOUTH}`), { token, body: channel('SOUTH') }));
  await succeed(call('PUT', of('tenancy', `/warehouses/${BOTH}`), { token, body: {} }));
  const chosen = { defaultWarehouseId: BOTH, automaticSalesWorkflow: true, ...settings };
  // What was enabled just now still settles: settings are changed on what was read, so read again until nothing came between.
  const changed = await eventually(
    async () => {
      const read = await eventually(
        () => call('GET', of('tenancy', ''), { token }),
        ({ status }) => status === 200,
      );
      return call('PATCH', of('tenancy', '/settings'), { token, body: chosen, headers: { 'if-match': read.headers.get('etag') ?? '' } });
    },
    ({ status }) => status !== 412,
  );
  await succeed(Promise.resolve(changed));
  return {
    base: installation.base,
    call,
    token,
    organizationId,
    accountId,
    warehouses: { NORTH, SOUTH, BOTH },
    of,
    get: (service, path) => call('GET', of(service, path), { token }),
    post: (service, path, body, key) => call('POST', of(service, path), { token, body, ...(key === undefined ? {} : { key }) }),
  };
};

const tokenOf = async (call: HttpClient, email: string, secret: string): Promise<string> =>
  String((await succeed(call('POST', '/v1/tenancy/sessions', { body: { email, password: secret } }))).body['accessToken']);

/** Asks until the answer is as wanted; says what it was last when the time is over. */
export const eventually = async <T>(ask: () => Promise<T>, wanted: (seen: T) => boolean, withinMs = 60_000): Promise<T> => {
  let seen: T | undefined;
  await untilTrue(
    async () => {
      seen = await ask();
      return wanted(seen);
    },
    withinMs,
    () => `last seen: ${JSON.stringify(seen)}`,
  );
  return seen as T;
};

/** The account knows these SKUs, and so many of each lie in these warehouses. */
export const stockUp = async (
  merchant: Merchant,
  stock: readonly { readonly sku: string; readonly warehouse: 'NORTH' | 'SOUTH'; readonly quantity: number }[],
): Promise<void> => {
  for (const sku of new Set(stock.map((each) => each.sku))) await succeed(merchant.post('catalog', '/variants', { sku, name: sku }));
  for (const { sku, warehouse, quantity } of stock) {
    const body = { sku, warehouseId: merchant.warehouses[warehouse], by: quantity, reason: 'counted' };
    // Stock hears of the warehouse from tenancy: a moment after it was enabled.
    await eventually(
      () => merchant.post('stock', '/adjustments', body),
      (answer) => answer.status === 201,
    );
  }
};

export const address = { name: 'Ada Example', street: ['Long Street 1'], postalCode: '10115', city: 'Berlin', countryCode: 'DE' };

/** Takes an order, once catalog's news has reached sales. */
export const placeOrder = async (
  merchant: Merchant,
  order: { readonly orderNumber: string; readonly lines: readonly { readonly sku: string; readonly quantity: number }[] } & Record<
    string,
    unknown
  >,
): Promise<string> => {
  const answer = await eventually(
    () => merchant.post('sales', '/sales-orders', { shipTo: address, ...order }),
    ({ status, body }) => status === 201 || body['code'] !== 'unknown-sku',
  );
  if (answer.status !== 201) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
  return String(answer.body['orderId']);
};

type Level = {
  readonly sku: string;
  readonly warehouseCode: string;
  readonly total: number;
  readonly allocated: number;
  readonly held: number;
  readonly available: number;
};

/** `SKU WAREHOUSE` → total/allocated/held/available. */
export const levelsOf = async (merchant: Merchant): Promise<Readonly<Record<string, string>>> => {
  const { body } = await succeed(merchant.get('stock', '/levels?limit=100'));
  const items = body['items'] as readonly Level[];
  return Object.fromEntries(
    items.map((each) => [`${each.sku} ${each.warehouseCode}`, `${each.total}/${each.allocated}/${each.held}/${each.available}`]),
  );
};

type Shipment = {
  readonly shipmentId: string;
  readonly warehouseId: string;
  readonly status: string;
  readonly failure: string | null;
  readonly packages: readonly unknown[];
  readonly units: readonly { readonly sku: string; readonly quantity: number; readonly shipped: number }[];
};
export type Order = {
  readonly status: string;
  readonly backordered: boolean;
  readonly reasons: readonly string[];
  readonly shipments: readonly Shipment[];
};

/** The order as its view shows it; `null` while the view has not heard of it. */
export const orderOf = async (merchant: Merchant, orderId: string): Promise<Order | null> => {
  const { status, body } = await merchant.get('sales', `/sales-orders/${orderId}`);
  return status === 200 ? (body as unknown as Order) : null;
};
