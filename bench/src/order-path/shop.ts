import { request } from 'undici';
import type { Processes } from './processes';
import { until } from './until';

/** An account with two physical warehouses behind its virtual default and stock of every SKU in both, made over HTTP. */
export type Shop = { readonly accountId: string; readonly skus: readonly string[]; readonly signIn: () => Promise<string> };

type Answer = { readonly status: number; readonly etag: string; readonly body: Readonly<Record<string, unknown>> };
type Call = { readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH'; readonly path: string; readonly body?: object; readonly etag?: string };

const skuCount = 500;
/** More than a run can sell. */
const unitsEach = 500_000;
const owner = { email: 'olga@example.com', name: 'Olga Owner', password: 'correct horse battery staple' };

export const openShop = async ({ base, adminPassword }: Pick<Processes, 'base' | 'adminPassword'>): Promise<Shop> => {
  const admin = await tokenOf(base, 'admin', adminPassword);
  const organization = { name: 'Bench', timeZone: 'Europe/Berlin', owner };
  const { body } = await made(caller(base, admin)({ method: 'POST', path: '/v1/tenancy/organizations', body: organization }));
  const signIn = () => tokenOf(base, owner.email, owner.password);
  const call = caller(base, await signIn());
  const path = `/v1/tenancy/organizations/${String(body['organizationId'])}`;
  const create = async (what: string, details: object, id: string): Promise<string> =>
    String((await made(call({ method: 'POST', path: `${path}/${what}`, body: details }))).body[id]);
  const north = await create('warehouses', { code: 'NORTH', name: 'North', kind: 'physical' }, 'warehouseId');
  const south = await create('warehouses', { code: 'SOUTH', name: 'South', kind: 'physical' }, 'warehouseId');
  const both = await create('warehouses', { code: 'BOTH', name: 'Both', kind: 'virtual', members: [north, south] }, 'warehouseId');
  const accountId = await create('accounts', { name: 'Shop' }, 'accountId');
  for (const id of [north, south, both])
    await made(call({ method: 'PUT', path: `/v1/tenancy/accounts/${accountId}/warehouses/${id}`, body: {} }));
  await chooseSettings(call, accountId, both);
  const skus = Array.from({ length: skuCount }, (_, index) => `SKU-${index}`);
  for (let from = 0; from < skus.length; from += 20)
    await Promise.all(skus.slice(from, from + 20).map((sku) => stockUp(call, accountId, { sku, warehouseIds: [north, south] })));
  return { accountId, skus, signIn };
};

/** Settings are changed on what was read: read again until nothing came between. */
const chooseSettings = async (call: Caller, accountId: string, defaultWarehouseId: string): Promise<void> => {
  const path = `/v1/tenancy/accounts/${accountId}`;
  const body = { defaultWarehouseId, automaticSalesWorkflow: true };
  await until(
    async () => call({ method: 'PATCH', path: `${path}/settings`, body, etag: (await made(call({ method: 'GET', path }))).etag }),
    ({ status }) => status < 300,
    30_000,
  );
};

type Stocked = { readonly sku: string; readonly warehouseIds: readonly string[] };

const stockUp = async (call: Caller, accountId: string, { sku, warehouseIds }: Stocked): Promise<void> => {
  await made(call({ method: 'POST', path: `/v1/catalog/accounts/${accountId}/variants`, body: { sku, name: sku } }));
  for (const warehouseId of warehouseIds) {
    const body = { sku, warehouseId, by: unitsEach, reason: 'counted' };
    // Stock hears of warehouses from tenancy, a moment after they were enabled.
    await until(
      () => call({ method: 'POST', path: `/v1/stock/accounts/${accountId}/adjustments`, body }),
      ({ status }) => status === 201,
      30_000,
    );
  }
};

type Caller = (call: Call) => Promise<Answer>;
let calls = 0;

const caller =
  (base: string, token: string | null): Caller =>
  async ({ method, path, body, etag }) => {
    const headers = {
      'content-type': 'application/json',
      ...(method === 'POST' ? { 'idempotency-key': `set-up-of-the-bench-${process.pid}-${calls++}` } : {}),
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(etag === undefined ? {} : { 'if-match': etag }),
    };
    const answer = await request(base + path, { method, headers, body: body === undefined ? null : JSON.stringify(body) });
    const text = await answer.body.text();
    return { status: answer.statusCode, etag: String(answer.headers['etag']), body: text === '' ? {} : JSON.parse(text) };
  };

const made = async (answer: Promise<Answer>): Promise<Answer> => {
  const given = await answer;
  if (given.status >= 300) throw new Error(`Setting up was answered ${given.status}: ${JSON.stringify(given.body)}`);
  return given;
};

const tokenOf = async (base: string, email: string, password: string): Promise<string> =>
  String((await made(caller(base, null)({ method: 'POST', path: '/v1/tenancy/sessions', body: { email, password } }))).body['accessToken']);
