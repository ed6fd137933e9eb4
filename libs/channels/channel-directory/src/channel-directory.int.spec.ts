import { accessMigrations } from '@stockproof/access';
import { channelCredentials } from '@stockproof/channel-credentials';
import { inMemoryWarehouse } from '@stockproof/fulfillment-channel/testing';
import type { FulfillmentCapability, FulfillmentChannel } from '@stockproof/fulfillment-channel';
import type { DeliveredMessage } from '@stockproof/integration-bus';
import { inMemoryJobs } from '@stockproof/jobs';
import { openDatabases, type OpenDatabases } from '@stockproof/postgres-connection';
import { testPostgres, type TestPostgres } from '@stockproof/postgres-embedded/testing';
import { migrate } from '@stockproof/postgres-migrations';
import { inMemoryShop } from '@stockproof/sales-channel/testing';
import { sql } from '@stockproof/sql';
import { salesChannelCreatedV1, warehouseDisabledV1, warehouseEnabledV1 } from '@stockproof/tenancy-contracts';
import { heardChannel, rowOf } from './heard-channels';
import { channelDirectoryMigrations } from './migrations';
import { openChannels, type ChannelDirectory } from './open-channels';

const account = '11111111-1111-4111-8111-111111111111';
const organization = '22222222-2222-4222-8222-222222222222';
const north = '33333333-3333-4333-8333-333333333333';
const shop = '44444444-4444-4444-8444-444444444444';

const channel = {
  channelId: north,
  applicationType: 'connector',
  connector: 'memory',
  backOrderMode: 'managed-here',
  reportMeaning: 'on-hand',
};
const enabled = (fulfillmentChannel: object | null) => ({
  type: warehouseEnabledV1.type,
  data: { accountId: account, warehouseId: north, code: 'NORTH', kind: 'physical', priority: 1, members: [], fulfillmentChannel },
});
const warehouse = (more: object = {}) => enabled({ ...channel, finalReceipts: false, endpointUrl: null, sealedCredentials: null, ...more });
const shopChannel = (more: object = {}) => ({
  type: salesChannelCreatedV1.type,
  data: {
    accountId: account,
    channelId: shop,
    code: 'web',
    name: 'Web',
    connector: 'memory',
    endpointUrl: null,
    sealedCredentials: null,
    ...more,
  },
});
const newShop = (more: object = {}) => shopChannel({ defaultOrderStatus: null, holdDelayMs: null, publishedWarehouses: [], ...more });

const credentials = channelCredentials(new Uint8Array(32));
const log = { warn: () => undefined, error: () => undefined };

describe('the directory of channels', () => {
  let postgres: TestPostgres;
  let databases: OpenDatabases;
  let directory: ChannelDirectory;
  let jobs: ReturnType<typeof inMemoryJobs>;
  let now: string;
  let sequence = 0;
  let able: ReadonlySet<FulfillmentCapability>;
  const runs: string[] = [];

  const hear = async ({ type, data }: { readonly type: string; readonly data: object }, at = ++sequence): Promise<void> => {
    const message = { type, data, accountId: account, organizationId: organization, sequence: at } as unknown as DeliveredMessage;
    const heard = heardChannel(message);
    if (heard === null) throw new Error('not about a channel');
    await directory.follow(heard);
    await databases.worker.query(rowOf(heard, message));
  };
  const offered = async () => (await jobs.status(account)).map(({ kind }) => kind);
  const pass = async (ms: number) => {
    now = new Date(Date.parse(now) + ms).toISOString();
    await jobs.advance();
  };
  const failures = async (kind: string) => (await jobs.status(account)).find((job) => job.kind === kind)?.lastError ?? null;

  beforeAll(async () => {
    postgres = await testPostgres();
    const folders = [
      { name: 'access', dir: accessMigrations },
      { name: 'channel-directory', dir: channelDirectoryMigrations },
    ];
    await migrate({ url: postgres.url, service: 'stock', folders });
    databases = openDatabases({ url: postgres.url, service: 'stock', log });
  });
  afterAll(async () => {
    await databases.close();
    await postgres.stop();
  });
  beforeEach(async () => {
    await databases.owner.query(sql('truncate known_channels, access_accounts'));
    now = '2026-06-01T12:00:00.000Z';
    runs.length = 0;
    jobs = inMemoryJobs({ now: () => now });
    const [warehousePeer, shopPeer] = [inMemoryWarehouse(), inMemoryShop()];
    able = warehousePeer.channel.capabilities;
    const connectors = {
      fulfillment: new Map([
        [
          'memory',
          { name: 'memory', connectWarehouse: () => connected({ ...warehousePeer.channel, capabilities: able } as FulfillmentChannel) },
        ],
      ]),
      sales: new Map([['memory', { name: 'memory', connectShop: () => connected(shopPeer.channel) }]]),
    };
    directory = openChannels({ databases, connectors, credentials, jobs, log });
    directory.onWarehouseJob({
      kind: 'import-stock',
      needs: 'fetch-stock-levels',
      everyMs: 60_000,
      run: async ({ warehouseId }, { cursor }) => {
        runs.push(`stock of ${warehouseId}`);
        return { cursor: { times: Number(cursor?.['times'] ?? 0) + 1 } };
      },
    });
    directory.onWarehouseJob({ kind: 'import-products', needs: 'import-products', everyMs: 60_000, run: said('products of a warehouse') });
    directory.onShopJob({ kind: 'import-products', needs: 'import-products', everyMs: 60_000, run: said('products of a shop') });
  });
  const said = (what: string) => async () => {
    runs.push(what);
    return { cursor: null };
  };

  it('offers each channel the jobs that its connector can do, and runs them on their periods', async () => {
    able = new Set(['fetch-stock-levels']);
    await hear(warehouse());
    expect(await offered()).toEqual(['import-stock']);
    await pass(0);
    await pass(60_000);
    expect(runs).toEqual([`stock of ${north}`, `stock of ${north}`]);
  });

  it('keeps the jobs of both sides apart where they have one name', async () => {
    await hear(warehouse());
    await hear(newShop());
    await pass(0);
    expect(runs.toSorted()).toEqual(['products of a shop', 'products of a warehouse', `stock of ${north}`]);
  });

  it('goes by the period that the channel names, and only by hand where it names none', async () => {
    await hear(warehouse({ jobPeriodsMs: { 'import-stock': 5_000, 'import-products': null } }));
    await pass(0);
    await pass(5_000);
    expect(runs).toEqual([`stock of ${north}`, `stock of ${north}`]);
    await directory.runSoon('import-products', account, north);
    await pass(0);
    expect(runs.at(-1)).toBe('products of a warehouse');
  });

  it('lets a paused channel rest, tells why, and goes on from where it was', async () => {
    await hear(warehouse());
    await pass(0);
    await hear(warehouse({ status: 'paused' }));
    await pass(120_000);
    expect(runs.filter((run) => run.startsWith('stock'))).toHaveLength(1);
    await directory.runSoon('import-stock', account, north);
    await pass(0);
    expect(await failures('import-stock')).toBe('The channel is paused.');
    await hear(warehouse());
    await pass(60_000);
    expect(runs.filter((run) => run.startsWith('stock'))).toHaveLength(2);
  });

  it('does nothing for a disabled account and everything again when it is enabled', async () => {
    const set = (value: boolean) =>
      databases.worker.query(
        sql(
          "insert into access_accounts values ($1, $2, $3, 's', '1') on conflict (account_id) do update set enabled = $3",
          account,
          organization,
          value,
        ),
      );
    await set(false);
    await hear(warehouse());
    await pass(0);
    expect(runs).toEqual([]);
    await set(true);
    await pass(60_000);
    expect(runs).toContain(`stock of ${north}`);
  });

  it('shows what is wrong with a set-up as the failure of its jobs', async () => {
    await hear(warehouse({ connector: 'unheard-of' }));
    await pass(0);
    expect(await failures('import-stock')).toBe('This process knows no connector named unheard-of.');
  });

  it('offers nothing where no system stands behind the warehouse, or the account gave it up', async () => {
    await hear(warehouse({ applicationType: 'none', connector: null }));
    expect(await offered()).toEqual([]);
    await hear(warehouse());
    await hear({ type: warehouseDisabledV1.type, data: { accountId: account, warehouseId: north } });
    expect(await offered()).toEqual([]);
    expect(await directory.warehouse(account, north)).toBeNull();
    await expect(directory.runSoon('import-stock', account, north)).resolves.toBeUndefined();
  });

  it('keeps the newest of what it heard, in whatever order it comes', async () => {
    await hear(newShop({ name: 'New' }), 1_002);
    await hear(newShop({ name: 'Old' }), 1_001);
    expect((await directory.shop(account, shop))?.setUp.name).toBe('New');
    expect((await directory.shops(account)).map((place) => place.channelId)).toEqual([shop]);
  });

  it('takes a push from whoever can sign, and names the service that takes what it does not', async () => {
    directory.onWarehousePush('stock-levels', async () => 'applied');
    await hear(warehouse());
    const from = { side: 'warehouse', accountId: account, placeId: north } as const;
    const push = (fact: object, signed = true) => {
      const body = JSON.stringify(fact);
      return directory.take(from, signed ? { signature: `in-memory ${body}`, 'push-id': 'p' } : {}, body);
    };
    expect(await push({ kind: 'stock-levels' })).toEqual({ outcome: 'taken', received: 1, applied: 1 });
    expect(await push({ kind: 'stock-levels' }, false)).toEqual({ outcome: 'untrusted' });
    expect(await push({ kind: 'receipt' })).toEqual({ outcome: 'elsewhere', kinds: ['receipt'] });
    expect(await directory.take({ ...from, placeId: shop }, {}, '{}')).toEqual({ outcome: 'untrusted' });
  });
});

const connected = <Channel>(opened: Channel) => ({ outcome: 'connected', channel: opened }) as const;
