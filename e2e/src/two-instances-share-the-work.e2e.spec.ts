import { withoutPatience } from './testing/caller-without-patience';
import { twoInstances, type Instances } from './testing/instances';
import { address, eventually, newMerchant, type Merchant } from './testing/merchant';
import { openShop } from './testing/order-desk';
import { untilTrue } from './testing/product-process';
import { longestPause, watchSharedWork, type SharedWork } from './testing/shared-work';

/** Others wait for so long for a process that fell silent. */
const leaseMs = 5_000;
/** Until they have noticed, and have worked off what has come meanwhile, on a machine that has other things to do. */
const noticedWithinMs = 10_000;
const merchantsAtMost = 12;

describe('two processes that hold all services', () => {
  let instances: Instances;
  let work: SharedWork;
  const merchants: Merchant[] = [];

  beforeAll(async () => {
    instances = await twoInstances();
    for (const { start } of instances.each) await start();
    work = await watchSharedWork(instances.databaseUrl);
    // Whose turn an account is follows from its id: more are made until each process has some.
    while (merchants.length < 4 || (new Set((await owners()).values()).size < 2 && merchants.length < merchantsAtMost)) {
      const merchant = await newMerchant({ base: instances.each[0].base, adminPassword: instances.adminPassword }, null);
      await openShop(merchant, [{ sku: 'TEA', warehouse: 'NORTH', quantity: 100_000 }]);
      merchants.push(merchant);
    }
  }, 240_000);
  afterAll(async () => {
    await work.close();
    await instances.remove();
  });

  const accounts = (): readonly string[] => merchants.map(({ accountId }) => accountId);
  const owners = () => work.ownerOf(accounts());

  it('share the work; when one is killed (-9) the other goes on with all of it, and allocation pauses no longer than a lease', async () => {
    const [victim, survivor] = instances.each;
    const load = placingOrders(merchants, [victim.base, survivor.base]);
    const everybodyGranted = (since: number, times: number) =>
      untilTrue(
        async () => {
          const grants = await work.grants(accounts());
          return accounts().every((account) => (grants.get(account) ?? []).filter((at) => at > since).length >= times);
        },
        60_000,
        () => 'an account got no grants',
        200,
      );
    await everybodyGranted(await work.now(), 10);
    const decided = await Promise.all(instances.each.map(({ admin }) => decisionsOf(admin)));
    expect(decided.filter((decisions) => decisions > 0)).toHaveLength(2);
    const before = await owners();
    expect(new Set(before.values()).size).toBe(2);

    const killedAt = await work.now();
    await victim.end('SIGKILL');
    await eventually(
      async () => new Set((await owners()).values()).size,
      (members) => members === 1,
    );
    await everybodyGranted(await work.now(), 10);
    await load.stop();

    const after = await owners();
    const grants = await work.grants(accounts());
    const pauses = (of: readonly string[]) => of.map((account) => longestPause(grants.get(account) ?? [], killedAt));
    const moved = accounts().filter((account) => before.get(account) !== after.get(account));
    const stayed = accounts().filter((account) => before.get(account) === after.get(account));
    const seconds = (all: readonly number[]): string => (Math.max(0, ...all) / 1_000).toFixed(1);
    process.stdout.write(
      `two processes decided ${decided.join(' and ')} times; one was killed: allocation paused for ${seconds(pauses(moved))} s ` +
        `for its ${moved.length} accounts, for ${seconds(pauses(stayed))} s for the other ${stayed.length}\n`,
    );
    expect(moved.length).toBeGreaterThan(0);
    expect(Math.max(...pauses(accounts()))).toBeLessThan(leaseMs + noticedWithinMs);
  }, 240_000);
});

/** Orders for each merchant, at all processes in turn, until it is told to stop; what fails on the way is left. */
const placingOrders = (merchants: readonly Merchant[], bases: readonly string[]) => {
  let stopped = false;
  const clients = merchants.map(({ token }) => withoutPatience(bases, token));
  const all = Promise.all(
    merchants.map(async (merchant, number) => {
      for (let step = 0; !stopped; step++) {
        const order = { orderNumber: `SHARED-${step}`, shipTo: address, lines: [{ sku: 'TEA', quantity: 1 }] };
        await clients[number]?.ask('POST', merchant.of('sales', '/sales-orders'), order);
      }
    }),
  );
  return {
    stop: async (): Promise<void> => {
      stopped = true;
      await all;
      await Promise.all(clients.map(({ close }) => close()));
    },
  };
};

/** How many attempts a process has decided. */
const decisionsOf = async (admin: string): Promise<number> => {
  const metrics = await (await fetch(`${admin}/metrics`)).text();
  const counts = [...metrics.matchAll(/^stockproof_allocation_decisions_total\{.*\} (\d+)$/gm)].map(([, count]) => Number(count));
  return counts.reduce((sum, count) => sum + count, 0);
};
