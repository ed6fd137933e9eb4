import { startEmbeddedPostgres } from '@stockproof/postgres-embedded';
import { backUp } from './testing/backup';
import { commandLine, viewsUnlikeTheirLog } from './testing/command-line';
import { newInstallation, type Installation } from './testing/installation';
import { eventually, newMerchant, placeOrder, type Merchant } from './testing/merchant';
import { adjust, levelsWhen, openShop, orderWhen } from './testing/order-desk';
import type { ProductProcess } from './testing/product-process';
import { countEventsAtRest } from './testing/streams';

type Line = { readonly msg?: string; readonly service?: string; readonly group?: string };

/** What the product says when it finds itself, or another service, on an older backup. */
const sentences = {
  'hears again': /^the database is older than what this group has read/,
  'tells as a new source': /^the log is not the one that was published/,
  'builds its views anew': /^The log is not the one that this view was made from/,
  'hears from another log': /^a publisher speaks from another log/,
} as const;

describe("an older backup of one service's database, restored while the others stay as they are", () => {
  let installation: Installation;
  let product: ProductProcess;
  let merchant: Merchant;

  beforeAll(async () => {
    installation = await newInstallation();
    product = await installation.start('all-in-one');
    merchant = await newMerchant(installation, null);
    await openShop(merchant, [
      { sku: 'TEA', warehouse: 'NORTH', quantity: 40 },
      { sku: 'CUP', warehouse: 'NORTH', quantity: 40 },
      { sku: 'LID', warehouse: 'SOUTH', quantity: 10 },
      { sku: 'POT', warehouse: 'NORTH', quantity: 20 },
      { sku: 'JAR', warehouse: 'SOUTH', quantity: 5 },
    ]);
  }, 180_000);
  afterAll(() => installation.remove());

  const orderOf = (orderNumber: string, sku: string, quantity: number): Promise<string> =>
    placeOrder(merchant, { orderNumber, lines: [{ sku, quantity }] });
  /** The order once it has its stock; answers its one shipment. */
  const shipmentOf = async (orderId: string): Promise<string> =>
    (await orderWhen(merchant, orderId, ({ status }) => status === 'fulfilling')).shipments[0]?.shipmentId ?? '';
  const ship = async (shipmentId: string, shipped: number): Promise<void> => {
    const answer = await eventually(
      () => merchant.post('sales', `/shipments/${shipmentId}/updates`, { lines: [{ lineNumber: 1, shipped }] }),
      ({ status }) => status !== 404,
    );
    expect([answer.status, answer.body['events']]).toEqual([200, ['ShipmentUnitsLeft']]);
  };

  /** Stops the product, does something to its database, starts it again; answers what it says of that, by service or group. */
  const restarted = async (meanwhile: () => Promise<void>): Promise<() => Readonly<Record<string, readonly string[]>>> => {
    await countEventsAtRest(installation.databaseUrl());
    step('stops');
    await installation.stop();
    const database = await startEmbeddedPostgres({ dataDir: installation.dataDir, log: () => undefined });
    await meanwhile().finally(database.stop);
    step('is restored; starts');
    product = await installation.start('all-in-one');
    step('has started');
    return () => {
      const lines = product
        .output()
        .split('\n')
        .flatMap((line): readonly Line[] => (line.startsWith('{') ? [JSON.parse(line) as Line] : []));
      const about = (sentence: RegExp) =>
        lines.filter(({ msg }) => sentence.test(msg ?? '')).map(({ group, service }) => group ?? service ?? '');
      return Object.fromEntries(Object.entries(sentences).map(([what, sentence]) => [what, [...new Set(about(sentence))].sort()]));
    };
  };

  /** Where it stands, should a test not come to its end. */
  const step = (what: string): void => void process.stdout.write(`  ${new Date().toISOString().slice(11, 19)} ${what}\n`);

  const endsWell = async (): Promise<void> => {
    const cli = commandLine(installation);
    await eventually(
      () => cli('lag'),
      ({ code }) => code === 0,
    );
    step('is behind with nothing');
    await countEventsAtRest(installation.databaseUrl());
    const verified = await cli('verify-stock', merchant.accountId, '--json');
    expect([verified.code, verified.json['sound'], verified.json['open']]).toEqual([0, true, []]);
    step('is verified');
    expect((await cli('parked', 'list')).code).toBe(0);
    expect(await viewsUnlikeTheirLog(cli)).toEqual([]);
  };

  const show = (what: string, noticed: unknown): void => void process.stdout.write(`${what}: ${JSON.stringify(noticed, null, 2)}\n`);

  it('of stock: what others said since is heard again, so allocations are there again; only what nobody else knows is lost', async () => {
    const before = await shipmentOf(await orderOf('BEFORE', 'TEA', 3));
    const backup = await backUp(installation.databaseUrl, 'stock', 'one');
    await ship(before, 3);
    const since = await shipmentOf(await orderOf('SINCE', 'TEA', 4));
    const gone = await shipmentOf(await orderOf('SINCE-AND-GONE', 'CUP', 5));
    await ship(gone, 5);
    await adjust(merchant, 'LID', 'SOUTH', 7);
    await levelsWhen(merchant, { 'TEA NORTH': '37/4/0/33', 'CUP NORTH': '35/0/0/35', 'LID SOUTH': '17/0/0/17' });

    const noticed = await restarted(() => backup.restore());
    await levelsWhen(merchant, { 'TEA NORTH': '37/4/0/33', 'CUP NORTH': '35/0/0/35', 'LID SOUTH': '10/0/0/10' });
    await adjust(merchant, 'LID', 'SOUTH', 1);
    await ship(since, 4);
    await shipmentOf(await orderOf('AFTERWARDS', 'CUP', 1));
    await levelsWhen(merchant, { 'TEA NORTH': '33/0/0/33', 'CUP NORTH': '35/1/0/34', 'LID SOUTH': '11/0/0/11' });
    await endsWell();
    show('stock was restored', noticed());
    expect(noticed()).toMatchObject({
      'hears again': expect.arrayContaining(['stock.allocation']) as unknown,
      'tells as a new source': ['stock'],
      'builds its views anew': ['stock'],
      'hears from another log': expect.arrayContaining(['sales.allocations']) as unknown,
    });
  }, 240_000);

  it('of sales: orders that it has lost are nobody’s any more, and stock gets back what it had promised them', async () => {
    const backup = await backUp(installation.databaseUrl, 'sales', 'one');
    const lost = await orderOf('LOST', 'TEA', 6);
    const gone = await shipmentOf(await orderOf('LOST-AND-GONE', 'TEA', 2));
    await shipmentOf(lost);
    await ship(gone, 2);
    await levelsWhen(merchant, { 'TEA NORTH': '31/6/0/25' });

    const noticed = await restarted(() => backup.restore());
    await levelsWhen(merchant, { 'TEA NORTH': '31/0/0/31' });
    expect((await merchant.get('sales', `/sales-orders/${lost}`)).status).toBe(404);
    await shipmentOf(await orderOf('LOST', 'TEA', 6));
    await levelsWhen(merchant, { 'TEA NORTH': '31/6/0/25' });
    await endsWell();
    show('sales was restored', noticed());
    expect(noticed()).toMatchObject({
      'hears again': expect.arrayContaining(['sales.allocations']) as unknown,
      'tells as a new source': ['sales'],
      'builds its views anew': ['sales'],
      'hears from another log': expect.arrayContaining(['stock.allocation']) as unknown,
    });
  }, 240_000);

  it('of stock, whose log lies elsewhere and was not restored: everything is heard and told again, and nothing is lost or done twice', async () => {
    const backup = await backUp(installation.databaseUrl, 'stock', 'two');
    const since = await shipmentOf(await orderOf('LOG-APART', 'POT', 2));
    await adjust(merchant, 'JAR', 'SOUTH', 3);
    await ship(since, 1);
    const levels = { 'POT NORTH': '19/1/0/18', 'JAR SOUTH': '8/0/0/8' };
    await levelsWhen(merchant, levels);
    const events = await countEventsAtRest(installation.databaseUrl());

    const noticed = await restarted(() => backup.restore({ but: ['events', 'streams', 'log_identity'] }));
    await levelsWhen(merchant, levels);
    expect(await countEventsAtRest(installation.databaseUrl())).toBe(events);
    await endsWell();
    show('stock was restored without its log', noticed());
    expect(noticed()).toMatchObject({
      'hears again': expect.arrayContaining(['stock.allocation']) as unknown,
      'tells as a new source': [],
    });
  }, 240_000);
});
