import { Client } from 'pg';
import { commandLine, viewsUnlikeTheirLog } from './command-line';
import { succeed } from './http-client';
import { newInstallation, type Installation } from './installation';
import { eventually, levelsOf, newMerchant, placeOrder, type Merchant } from './merchant';
import { openShop } from './order-desk';
import type { ProductProcess } from './product-process';
import { startSimulator, type Simulator } from './simulator';
import { countEventsAtRest, readStreams } from './streams';

/** The bus that an installation is run on and loses. */
export type BusToLose = {
  /** What the product is told to use it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Takes every topic away, with all that is in it. */
  readonly loseTopics: (database: Client) => Promise<void>;
  /** What the product says of it by itself, apart from what every publisher says of its own topics. */
  readonly notices: Readonly<Record<string, RegExp>>;
};

const services = ['tenancy', 'sales', 'stock', 'purchasing', 'catalog'] as const;
/** Nothing is bought here. */
const withEvents = services.filter((service) => service !== 'purchasing');
const orders = 30;
const lostAfter = 10;
const skus = ['TEA', 'CUP', 'POT'];

/** The story, told on any bus; `bus` is asked for once it is there. */
export const tellOfEverythingDerivedLost = (bus: () => BusToLose): void => {
  let installation: Installation;
  let simulator: Simulator;
  let product: ProductProcess;
  let merchant: Merchant;

  beforeAll(async () => {
    simulator = await startSimulator();
    installation = await newInstallation({ ...bus().environment, STOCKPROOF_OUTBOUND_ALLOW: new URL(simulator.url).host });
    product = await installation.start('all-in-one');
    merchant = await newMerchant(installation, simulator);
    await openShop(merchant, [
      ...skus.map((sku) => ({ sku, warehouse: 'NORTH' as const, quantity: 100 })),
      { sku: 'JAR', warehouse: 'SOUTH', quantity: 1 },
      { sku: 'LID', warehouse: 'SOUTH', quantity: 1 },
    ]);
  }, 180_000);
  afterAll(async () => {
    await installation.remove();
    await simulator.stop();
  });

  /** What a service's metrics say, summed over their labels. */
  const metric = async (service: string, name: string): Promise<number> => {
    const page = await (await fetch(`http://127.0.0.1:${Number(new URL(installation.base).port) + 6}/metrics`)).text();
    const lines = page.split('\n').filter((line) => line.startsWith(`stockproof_${name}`) && line.includes(`service="${service}"`));
    return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  };

  const loseEverything = async (): Promise<void> => {
    const client = new Client({ connectionString: installation.databaseUrl() });
    await client.connect();
    try {
      await bus().loseTopics(client);
      for (const service of services) await client.query(`drop schema ${service}_views cascade`);
    } finally {
      await client.end();
    }
  };

  /** Asks once and believes what it is told: fewer levels or orders than before would be wrong, no answer is not. */
  const watchReads = (until: () => boolean) => {
    const refused = new Map<string, number>();
    const wrong: string[] = [];
    const most = new Map<string, number>();
    const look = async (path: string): Promise<void> => {
      const response = await fetch(merchant.base + path, { headers: { authorization: `Bearer ${merchant.token}` } });
      const body = (await response.json()) as { readonly code?: string; readonly items?: readonly unknown[] };
      const items = body.items?.length ?? 0;
      if (response.status === 200 && items >= (most.get(path) ?? 0)) return void most.set(path, items);
      const said = `${response.status} ${body.code ?? `${items} items`}`;
      if (response.status === 503) refused.set(said, (refused.get(said) ?? 0) + 1);
      else wrong.push(`${path}: ${said}`);
    };
    const paths = [merchant.of('stock', '/levels?limit=100'), merchant.of('sales', '/sales-orders?limit=100')];
    const ended = (async () => {
      while (!until()) await Promise.all(paths.map(look));
    })();
    return { refused, wrong, ended };
  };

  it('is noticed, said, and mended by the product itself, while orders, reports and adjustments go on being taken', async () => {
    const { SOUTH } = merchant.warehouses;
    const [taken, adjusted]: [string[], string[]] = [[], []];
    let over = false;
    const reads = watchReads(() => over);
    for (let n = 0; n < orders; n += 1) {
      taken.push(
        await placeOrder(merchant, { orderNumber: `LOAD-${n}-OK`, lines: [{ sku: skus[n % 3] ?? 'TEA', quantity: 1 + (n % 2) }] }),
      );
      const found = { sku: 'LID', warehouseId: SOUTH, by: 1, reason: 'found' };
      const counted = { warehouseId: SOUTH, takenAt: new Date().toISOString(), rows: [{ sku: 'JAR', quantity: 2 + n }] };
      await succeed(merchant.post('stock', '/adjustments', found));
      await succeed(merchant.post('stock', '/level-reports', counted));
      adjusted.push(`LID ${n}`);
      if (n === lostAfter) await loseEverything();
    }
    const unfinished = async () => {
      const { body } = await succeed(merchant.get('sales', '/sales-orders?limit=100'));
      const found = body['items'] as readonly { readonly orderId: string; readonly number: string; readonly status: string }[];
      const others = found.filter(({ orderId, status }) => taken.includes(orderId) && status !== 'shipped');
      return [
        taken.filter((id) => !found.some(({ orderId }) => orderId === id)),
        others.map(({ number, status }) => `${number} ${status}`),
      ];
    };
    await eventually(unfinished, (lists) => lists.every(({ length }) => length === 0), 120_000).finally(() => (over = true));
    await reads.ended;
    expect(reads.wrong).toEqual([]);

    // Views of a service that hears nothing are missed within seconds; those of purchasing, whose log is empty, are whole as soon as they are made.
    const gone = await eventually(
      async () => withEvents.map((service) => [service, new RegExp(`"service":"${service}".*Views are not there`).test(product.output())]),
      (all) => all.every(([, is]) => is),
      30_000,
    );
    // Each publisher looks at its topics every five seconds; the run may be over before the last of them has.
    const toldAgain = async () =>
      Promise.all(withEvents.map(async (service) => [service, (await metric(service, 'publisher_told_again_total')) > 0]));
    const again = await eventually(toldAgain, (all) => all.every(([, is]) => is), 30_000);
    const said = product.output();
    const lost = { ...bus().notices, 'a topic was deleted': /what was told is lost of/ };
    const noticedOfBus = Object.fromEntries(Object.entries(lost).map(([what, words]) => [what, words.test(said)]));
    const noticed = {
      ...noticedOfBus,
      'views are gone': gone,
      'told again': again,
      'reads refused meanwhile': [...reads.refused],
    };
    process.stdout.write(`${JSON.stringify(noticed, null, 2)}\n`);
    expect(Object.entries(noticedOfBus).filter(([, is]) => !is)).toEqual([]);
    expect(reads.refused.has('503 view-being-built')).toBe(true);

    // Acknowledged is acknowledged, once.
    await countEventsAtRest(installation.databaseUrl());
    const streams = await readStreams(installation.databaseUrl());
    for (const sku of skus) expect([sku, await streams.allocated(merchant.accountId, sku.toLowerCase())]).toEqual([sku, 0]);
    await streams.close();
    const sent = (sku: string) =>
      Array.from({ length: orders }, (_, n) => (skus[n % 3] === sku ? 1 + (n % 2) : 0)).reduce((a, b) => a + b, 0);
    const levels = await levelsOf(merchant);
    for (const sku of skus) expect([sku, levels[`${sku} NORTH`]]).toEqual([sku, `${100 - sent(sku)}/0/0/${100 - sent(sku)}`]);
    expect(levels['LID SOUTH']).toBe(`${1 + adjusted.length}/0/0/${1 + adjusted.length}`);
    expect(levels['JAR SOUTH']).toBe(`${1 + orders}/0/0/${1 + orders}`);
  }, 240_000);

  it('ends with every invariant true, nothing behind, and each view equal to one that is built from the log', async () => {
    const cli = commandLine(installation);
    await eventually(
      () => cli('lag', '--json'),
      ({ code }) => code === 0,
    );
    const verified = await cli('verify-stock', merchant.accountId, '--json');
    expect([verified.code, verified.json['sound'], verified.json['open']]).toEqual([0, true, []]);
    expect(await viewsUnlikeTheirLog(cli)).toEqual([]);
  }, 180_000);
};
