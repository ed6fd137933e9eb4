import { request } from 'undici';
import { bundlesOf, skusOf, type Workload } from './steps';
import { until } from './until';

/** What clients must know: who they are and what there is. Everything was made over HTTP as people make it. */
export type World = {
  readonly accountId: string;
  /** As events name who did it. */
  readonly actor: string;
  readonly owner: { readonly email: string; readonly password: string };
  readonly warehouses: { readonly NORTH: string; readonly SOUTH: string; readonly BOTH: string };
};

type Said = { readonly status: number; readonly etag: string; readonly body: Readonly<Record<string, unknown>> };
/** Where a service answers; one address for all where one process has them all. */
export type Doors = (service: string) => string;
type Call = (method: 'GET' | 'POST' | 'PUT' | 'PATCH', path: string, body?: object, etag?: string) => Promise<Said>;

const owner = { email: 'olga@example.com', name: 'Olga Owner', password: 'correct horse battery staple' };
const startUnits = 8;

/** One account with two warehouses behind a virtual default, few hot SKUs in both, and bundles of them. */
export const makeWorld = async (doors: Doors, adminPassword: string, workload: Workload): Promise<World> => {
  const admin = caller(doors, await signIn(doors('tenancy'), 'admin', adminPassword));
  const organization = { name: 'History', timeZone: 'Europe/Berlin', owner };
  const { body } = await made(admin('POST', '/v1/tenancy/organizations', organization));
  const call = caller(doors, await signIn(doors('tenancy'), owner.email, owner.password));
  const path = `/v1/tenancy/organizations/${String(body['organizationId'])}`;
  const create = async (what: string, details: object, id: string): Promise<string> =>
    String((await made(call('POST', `${path}/${what}`, details))).body[id]);
  const NORTH = await create('warehouses', { code: 'NORTH', name: 'North', kind: 'physical' }, 'warehouseId');
  const SOUTH = await create('warehouses', { code: 'SOUTH', name: 'South', kind: 'physical' }, 'warehouseId');
  const BOTH = await create('warehouses', { code: 'BOTH', name: 'Both', kind: 'virtual', members: [NORTH, SOUTH] }, 'warehouseId');
  const accountId = await create('accounts', { name: 'Shop' }, 'accountId');
  for (const id of [NORTH, SOUTH, BOTH]) await made(call('PUT', `/v1/tenancy/accounts/${accountId}/warehouses/${id}`, {}));
  await chooseSettings(call, accountId, BOTH);
  await stockUp(call, accountId, workload, [NORTH, SOUTH]);
  await heardOf(call, accountId, workload, NORTH);
  const me = await made(call('GET', '/v1/tenancy/me'));
  return { accountId, actor: `user:${String(me.body['id'])}`, owner, warehouses: { NORTH, SOUTH, BOTH } };
};

/** Settings are changed on what was read: read again until nothing came between. */
const chooseSettings = async (call: Call, accountId: string, defaultWarehouseId: string): Promise<void> => {
  const path = `/v1/tenancy/accounts/${accountId}`;
  const chosen = { defaultWarehouseId, automaticSalesWorkflow: true };
  await until(
    async () => call('PATCH', `${path}/settings`, chosen, (await made(call('GET', path))).etag),
    ({ status }) => status < 300,
  );
};

const stockUp = async (call: Call, accountId: string, workload: Workload, warehouseIds: readonly string[]): Promise<void> => {
  const variants = `/v1/catalog/accounts/${accountId}/variants`;
  for (const sku of skusOf(workload)) await made(call('POST', variants, { sku, name: sku }));
  for (const [sku, components] of bundlesOf(workload)) await made(call('POST', variants, { sku, name: sku, components }));
  for (const sku of skusOf(workload))
    for (const warehouseId of warehouseIds)
      // Stock hears of warehouses from tenancy, a moment after they were enabled.
      await until(
        () => call('POST', `/v1/stock/accounts/${accountId}/adjustments`, { sku, warehouseId, by: startUnits, reason: 'counted' }),
        ({ status }) => status === 201,
      );
};

/** Sales and purchasing have heard of all this: drafts that nobody sends are taken, and what is approved asks stock at once. */
const heardOf = async (call: Call, accountId: string, workload: Workload, warehouseId: string): Promise<void> => {
  const orders = `/v1/sales/accounts/${accountId}/sales-orders`;
  const lines = [...skusOf(workload), ...bundlesOf(workload).keys()].map((sku) => ({ sku, quantity: 1_000 }));
  const shipTo = { name: 'Ada', street: ['Long Street 1'], postalCode: '10115', city: 'Berlin', countryCode: 'DE' };
  const draft = await until(
    () => call('POST', orders, { lines, shipTo, status: 'draft' }),
    ({ status }) => status === 201,
  );
  const order = `${orders}/${String(draft.body['orderId'])}`;
  await until(
    () => call('POST', `${order}/approve`),
    ({ status }) => status === 200,
  );
  await made(call('POST', `${order}/cancel`, { reason: 'only a trial' }));
  const purchase = { supplier: { code: 'ACME', name: 'Acme' }, warehouseId, lines: [{ sku: 'HOT-1', quantity: 1 }], draft: true };
  await until(
    () => call('POST', `/v1/purchasing/accounts/${accountId}/purchase-orders`, purchase),
    ({ status }) => status === 201,
  );
};

let calls = 0;

const caller =
  (doors: Doors, token: string | null): Call =>
  async (method, path, body = {}, etag) => {
    const headers = {
      'content-type': 'application/json',
      ...(method === 'POST' ? { 'idempotency-key': `making-the-world-${process.pid}-${calls++}` } : {}),
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(etag === undefined ? {} : { 'if-match': etag }),
    };
    const answer = await request(doors(path.split('/')[2] ?? '') + path, {
      method,
      headers,
      body: method === 'GET' ? null : JSON.stringify(body),
    });
    const text = await answer.body.text();
    return { status: answer.statusCode, etag: String(answer.headers['etag']), body: text === '' ? {} : JSON.parse(text) };
  };

const made = async (answer: Promise<Said>): Promise<Said> => {
  const said = await answer;
  if (said.status >= 300) throw new Error(`Making the world was answered ${said.status}: ${JSON.stringify(said.body)}`);
  return said;
};

/** An access token, which lasts for five minutes. */
export const signIn = async (base: string, email: string, password: string): Promise<string> =>
  String((await made(caller(() => base, null)('POST', '/v1/tenancy/sessions', { email, password }))).body['accessToken']);
