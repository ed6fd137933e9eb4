import { withoutPatience, type Impatient } from './testing/caller-without-patience';
import { twoInstances, type Instances } from './testing/instances';
import { address, eventually, newMerchant, type Merchant } from './testing/merchant';
import { openShop } from './testing/order-desk';
import { readStreams } from './testing/streams';

const lanes = 12;
const stocked = 100_000;

describe('the product told to stop (SIGTERM) under load', () => {
  let instances: Instances;
  let merchant: Merchant;

  beforeAll(async () => {
    instances = await twoInstances();
    for (const { start } of instances.each) await start();
    merchant = await newMerchant({ base: instances.each[0].base, adminPassword: instances.adminPassword }, null);
    await openShop(merchant, [{ sku: 'TEA', warehouse: 'NORTH', quantity: stocked }]);
  }, 180_000);
  afterAll(() => instances.remove());

  it('one after the other, both started again: whoever retries refused connections only sees no failed request, and nothing is done twice', async () => {
    const client = withoutPatience(
      instances.each.map(({ base }) => base),
      merchant.token,
    );
    const load = startLoad(merchant, client, 'ROLLED', () => true);
    for (const instance of instances.each) {
      await load.further(100);
      expect(await instance.end('SIGTERM')).toBe(0);
      await load.further(100);
      await instance.start();
    }
    await load.further(100);
    const taken = await load.stop();
    process.stdout.write(
      `${client.answered()} requests answered while two processes were restarted, ${client.refused()} connections refused\n`,
    );
    expect(client.failed()).toEqual([]);
    expect(client.refused()).toBeGreaterThan(0);
    await expectDoneOnce(instances, merchant, taken);
    await client.close();
  }, 240_000);

  it('the only one: every request that it accepted is answered, all later ones are refused', async () => {
    const [last, other] = instances.each;
    await other.end('SIGTERM');
    const client = withoutPatience([last.base], merchant.token);
    const load = startLoad(merchant, client, 'LAST', () => client.refused() === 0);
    await load.further(200);
    expect(await last.end('SIGTERM')).toBe(0);
    const taken = await load.stop();
    process.stdout.write(`${client.answered()} requests answered by the only process until it ended\n`);
    expect(client.failed()).toEqual([]);
    expect(client.refused()).toBeGreaterThan(0);
    await other.start();
    await expectDoneOnce(instances, merchant, taken);
    await client.close();
  }, 240_000);
});

type Load = {
  /** So many requests more were answered. */
  readonly further: (requests: number) => Promise<void>;
  /** The numbers of all orders that were acknowledged. */
  readonly stop: () => Promise<readonly string[]>;
};

/** Lanes that place an order, adjust stock and read, without a pause, as long as `goesOn` says so. */
const startLoad = (merchant: Merchant, client: Impatient, name: string, goesOn: () => boolean): Load => {
  let stopped = false;
  const taken: string[] = [];
  const lane = async (number: number): Promise<void> => {
    for (let step = 0; !stopped && goesOn(); step++) {
      const orderNumber = `${name}-${number}-${step}`;
      const order = { orderNumber, shipTo: address, lines: [{ sku: 'TEA', quantity: 1 }] };
      if ((await client.ask('POST', merchant.of('sales', '/sales-orders'), order)) !== null) taken.push(orderNumber);
      await client.ask('GET', merchant.of('stock', '/levels?limit=5'));
      await client.ask('GET', merchant.of('sales', `/sales-orders?number=${orderNumber}`));
    }
  };
  const all = Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)));
  return {
    further: async (requests) => {
      const from = client.answered();
      await eventually(
        async () => client.answered() - from,
        (more) => more >= requests || client.failed().length > 0,
      );
    },
    stop: async () => {
      stopped = true;
      await all;
      return taken;
    },
  };
};

/** Each acknowledged order is there once and was allocated once. */
const expectDoneOnce = async ({ databaseUrl }: Instances, { accountId }: Merchant, taken: readonly string[]): Promise<void> => {
  const streams = await readStreams(databaseUrl);
  try {
    const numbers = new Set(taken);
    const orders = (await streams.createdOrders(accountId)).filter(({ number }) => numbers.has(number));
    expect([orders.length, new Set(orders.map(({ number }) => number)).size]).toEqual([taken.length, taken.length]);
    const ids = new Set(orders.map(({ orderId }) => orderId));
    const granted = await eventually(
      async () => (await streams.grantedOrders(accountId)).filter((orderId) => ids.has(orderId)),
      (all) => all.length >= taken.length,
    );
    expect([granted.length, new Set(granted).size]).toEqual([taken.length, taken.length]);
  } finally {
    await streams.close();
  }
};
