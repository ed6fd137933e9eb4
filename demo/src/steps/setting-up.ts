import { apiAs, type Api, type ApiOptions } from '../client/api';
import { eventually } from '../client/eventually';
import type { Simulator } from '../surroundings/simulator';
import { shopPlace, warehousePlace, type Company, type Say, type ShopCode, type WarehouseCode } from './company';

export type SettingUp = {
  readonly base: string;
  readonly adminPassword: () => string;
  readonly simulator: Simulator;
  readonly tag: string;
  readonly keys: () => string;
  readonly say: Say;
};

const secret = 'correct horse battery staple';

const signedIn = async (options: Omit<ApiOptions, 'token'>, email: string, password: string): Promise<Api> => {
  const { accessToken } = await apiAs({ ...options, token: null }).post('/v1/tenancy/sessions', { email, password });
  return apiAs({ ...options, token: String(accessToken) });
};

const idIn = (answer: Readonly<Record<string, unknown>>, name: string): string => {
  const id = answer[name];
  if (typeof id !== 'string') throw new Error(`No ${name} in ${JSON.stringify(answer)}`);
  return id;
};

/** Step 1, top-down: organization, its users, warehouses, account, and in it warehouses with their channels, settings, users, a key, shops. */
export const setUp = async (options: SettingUp): Promise<Company> => {
  const { base, tag, keys, say } = options;
  const owner = { email: `owner-${tag}@example.com`, name: 'Olga Owner', password: secret };
  const installer = await signedIn(options, 'admin', options.adminPassword());
  const organization = await installer.post('/v1/tenancy/organizations', { name: `Tea & Table ${tag}`, timeZone: 'Europe/Berlin', owner });
  const organizationId = idIn(organization, 'organizationId');
  const above = `/v1/tenancy/organizations/${organizationId}`;
  const api = await signedIn({ base, keys }, owner.email, secret);
  await api.post(`${above}/users`, {
    email: `admin-${tag}@example.com`,
    name: 'Adam Administrator',
    password: secret,
    role: 'administrator',
  });
  say('organization with an owner and an administrator');

  const warehouse = async (body: object) => idIn(await api.post(`${above}/warehouses`, body), 'warehouseId');
  const NORTH = await warehouse({ code: 'NORTH', name: 'North', kind: 'physical', priority: 1 });
  const SOUTH = await warehouse({ code: 'SOUTH', name: 'South', kind: 'physical', priority: 2 });
  const EVERYWHERE = await warehouse({ code: 'EVERYWHERE', name: 'Everywhere', kind: 'virtual', members: [NORTH, SOUTH] });
  const warehouses = { NORTH, SOUTH, EVERYWHERE };
  const accountId = idIn(await api.post(`${above}/accounts`, { name: 'Tea & Table' }), 'accountId');
  const at: Company['at'] = (service, path) => `/v1/${service}/accounts/${accountId}${path}`;
  say('two warehouses, a virtual one over them, an account');
  say(`sign in as ${owner.email} with the password "${secret}"; the account is ${accountId}`);
  await heardEverywhere(api, at);

  await enableWarehouses({ api, at, tag, warehouses, simulator: options.simulator.url });
  await chooseSettings(api, at, EVERYWHERE);
  await addPeople(api, at, tag);
  const shops = await addShops({ api, at, tag, publish: EVERYWHERE, simulator: options.simulator.url });
  await mustBeSetUp(api, at);
  say('warehouses enabled with their channels, settings, users, a key, three sales channels');
  return { tag, api, organizationId, accountId, warehouses, shops, at };
};

/** Services tell each other: until its word has come round, an account is unknown to those that have not heard it. */
const heardEverywhere = async (api: Api, at: Company['at']): Promise<void> => {
  for (const service of ['tenancy', 'sales', 'stock', 'purchasing', 'catalog'] as const)
    await eventually(
      `that ${service} knows the account`,
      () => api.ask('GET', at(service, '/jobs')),
      ({ status }) => status === 200,
    );
};

type Within = Pick<Company, 'api' | 'at' | 'tag'> & { readonly simulator: string };

const enableWarehouses = async ({
  api,
  at,
  tag,
  simulator,
  warehouses,
}: Within & { readonly warehouses: Readonly<Record<WarehouseCode, string>> }): Promise<void> => {
  for (const code of ['NORTH', 'SOUTH'] as const)
    await api.put(at('tenancy', `/warehouses/${warehouses[code]}`), {
      fulfillmentChannel: {
        applicationType: 'connector',
        connector: 'generic-http',
        endpointUrl: `${simulator}/warehouses/${warehousePlace(tag, code)}`,
        jobPeriodsMs: { 'import-shipments': 1_000, 'import-stock': 5_000, 'import-receipts': 1_000 },
      },
    });
  await api.put(at('tenancy', `/warehouses/${warehouses.EVERYWHERE}`), {});
};

const chooseSettings = async (api: Api, at: Company['at'], defaultWarehouseId: string): Promise<void> => {
  await api.patch(at('tenancy', ''), at('tenancy', '/settings'), {
    defaultWarehouseId,
    automaticSalesWorkflow: true,
    allowSplitting: true,
    maximumShipments: 3,
    defaultCarrierService: { carrierCode: 'DHL', serviceCode: 'PAKET' },
  });
};

const addPeople = async (api: Api, at: Company['at'], tag: string): Promise<void> => {
  await api.post(at('tenancy', '/users'), {
    email: `operator-${tag}@example.com`,
    name: 'Otto Operator',
    password: secret,
    role: 'operator',
  });
  await api.post(at('tenancy', '/api-keys'), { name: 'Warehouse screens', scopes: ['order:read', 'stock:read'] });
};

const addShops = async ({ api, at, tag, publish, simulator }: Within & { readonly publish: string }): Promise<Record<ShopCode, string>> => {
  const add = async (code: ShopCode, name: string, more: object) => {
    const channel = {
      code,
      name,
      connector: 'generic-http',
      endpointUrl: `${simulator}/shops/${shopPlace(tag, code)}`,
      carrierMappings: [
        { theirs: 'Standard', carrierCode: 'DHL', serviceCode: 'PAKET' },
        { theirs: 'Express', carrierCode: 'DHL', serviceCode: 'EXPRESS' },
      ],
      ...more,
    };
    return idIn(await api.post(at('tenancy', '/sales-channels'), channel), 'channelId');
  };
  const publishing = {
    publishedWarehouses: [publish],
    stockPublication: { mode: 'changes', rules: [] },
    jobPeriodsMs: { 'export-order-updates': 1_000, 'export-stock': 2_000, 'import-products': null, 'import-orders': 2_000 },
  };
  const shopify = await add('shopify', 'Shopify shop', publishing);
  const woo = await add('woo', 'WooCommerce shop', publishing);
  // Whoever orders by phone may change their mind: these orders wait on hold for a moment.
  const phone = await add('phone', 'Orders by phone', {
    holdDelayMs: 1_500,
    jobPeriodsMs: { 'export-order-updates': 1_000, 'import-orders': null },
  });
  await api.patch(at('tenancy', ''), at('tenancy', '/settings'), { masterProductSource: { kind: 'sales-channel', id: shopify } });
  return { shopify, woo, phone };
};

/** The checklist of the account says that nothing blocks the first order. */
const mustBeSetUp = (api: Api, at: Company['at']): Promise<unknown> =>
  eventually(
    'the set-up of the account',
    () => api.get(at('tenancy', '/setup-status')),
    (status) => Array.isArray(status['blocksFirstOrder']) && status['blocksFirstOrder'].length === 0,
    { withinMs: 30_000 },
  );
