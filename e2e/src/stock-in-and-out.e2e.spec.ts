import { succeed } from './testing/http-client';
import { newInstallation, type Installation } from './testing/installation';
import { eventually, newMerchant, placeOrder, type Merchant } from './testing/merchant';
import { levelsWhen, orderWhen } from './testing/order-desk';
import { startSimulator, type Simulator } from './testing/simulator';
import { putBehind, type WarehouseSystem } from './testing/warehouse-system';

type Publication = { readonly publicationId: string; readonly mode: string; readonly outcome: string | null };
type Report = { readonly reportId: string; readonly source: string; readonly applied: number; readonly refused: number };

describe('stock goes in from warehouses and out to a shop', () => {
  let installation: Installation;
  let simulator: Simulator;
  let merchant: Merchant;
  let north: WarehouseSystem;
  let south: WarehouseSystem;
  let shop: string;
  let channelId: string;

  beforeAll(async () => {
    simulator = await startSimulator();
    installation = await newInstallation({ STOCKPROOF_OUTBOUND_ALLOW: new URL(simulator.url).host });
    await installation.start('all-in-one');
    merchant = await newMerchant(installation, simulator);
    [north, south] = [await putBehind(merchant, simulator, 'NORTH'), await putBehind(merchant, simulator, 'SOUTH')];
    shop = `${simulator.url}/shops/${merchant.accountId.slice(0, 8)}`;
    for (const sku of ['TEA', 'CUP']) await succeed(merchant.post('catalog', '/variants', { sku, name: sku }));
    const components = [
      { sku: 'TEA', quantity: 2 },
      { sku: 'CUP', quantity: 1 },
    ];
    await succeed(merchant.post('catalog', '/variants', { sku: 'SET', name: 'Tea for two', components }));
    const rules = [{ warehouseId: merchant.warehouses.BOTH, buffer: 1, percentage: 100, cap: 50, excludedSkus: [] }];
    const published = {
      ...{ code: 'SHOP', name: 'Shop', connector: 'generic-http', endpointUrl: shop, jobPeriodsMs: { 'export-stock': 1_000 } },
      ...{ publishedWarehouses: [merchant.warehouses.BOTH], stockPublication: { mode: 'changes', rules } },
    };
    channelId = String((await succeed(merchant.post('tenancy', '/sales-channels', published))).body['channelId']);
  }, 180_000);
  afterAll(async () => {
    await installation.remove();
    await simulator.stop();
  });

  const runNow = (kind: string, placeId: string) =>
    eventually(
      () => merchant.post('stock', `/jobs/${kind}/${encodeURIComponent(`${merchant.accountId}/${placeId}`)}/run`, {}),
      ({ status }) => status < 300,
    );
  const count = (system: WarehouseSystem, stock: Readonly<Record<string, number>>) =>
    system.byHand('PUT', '/stock', { rows: Object.entries(stock).map(([sku, quantity]) => ({ sku, quantity })) });
  const offered = async (): Promise<Readonly<Record<string, number>>> => {
    const there = (await (await fetch(shop)).json()) as {
      readonly offered: readonly { readonly sku: string; readonly quantity: number }[];
    };
    return Object.fromEntries(there.offered.map(({ sku, quantity }) => [sku, quantity]));
  };
  const offeredWhen = async (wanted: Readonly<Record<string, number>>) => {
    await eventually(offered, (seen) => JSON.stringify(Object.entries(seen).sort()) === JSON.stringify(Object.entries(wanted).sort()));
  };
  const listed = async <Item>(path: string): Promise<readonly Item[]> =>
    (await succeed(merchant.get('stock', path))).body['items'] as readonly Item[];

  it('what warehouses count becomes stock, the virtual warehouse follows, and the shop hears what it may sell of it', async () => {
    await count(north, { TEA: 10, CUP: 2, GHOST: 5 });
    await count(south, { TEA: 4 });
    await runNow('import-stock', merchant.warehouses.NORTH);
    await runNow('import-stock', merchant.warehouses.SOUTH);
    await levelsWhen(merchant, { 'TEA NORTH': '10/0/0/10', 'TEA SOUTH': '4/0/0/4', 'TEA BOTH': '14/0/0/14', 'CUP BOTH': '2/0/0/2' });
    // One of each is kept back; two sets are there, together or apart.
    await offeredWhen({ TEA: 13, CUP: 1, SET: 1 });
    const found = { sku: 'SET', warehouseId: merchant.warehouses.NORTH, by: 10, reason: 'found' };
    expect((await merchant.post('stock', '/adjustments', found)).body).toMatchObject({
      code: 'is-a-bundle',
      errors: [{ pointer: '/sku' }],
    });

    const fromNorth = (await listed<Report>(`/level-reports?warehouseId=${merchant.warehouses.NORTH}&limit=100`)).at(-1);
    expect(fromNorth).toMatchObject({ applied: 2, refused: 1 });
    expect(await listed(`/level-reports/${fromNorth?.reportId}/rows`)).toEqual([
      expect.objectContaining({ sku: 'CUP', outcome: 'applied', reported: 2, change: 2 }),
      expect.objectContaining({ sku: 'GHOST', outcome: 'refused', code: 'unknown-sku' }),
      expect.objectContaining({ sku: 'TEA', outcome: 'applied', reported: 10, change: 10 }),
    ]);
  }, 90_000);

  it('an order takes from what is offered, and a product that is killed in between tells the shop the same', async () => {
    await north.byHand('PUT', '/settings', { automatic: false });
    const orderId = await placeOrder(merchant, { orderNumber: 'TAKES-SIX-WAIT', lines: [{ sku: 'TEA', quantity: 6 }] });
    await installation.kill();
    await installation.start('all-in-one');
    await orderWhen(merchant, orderId, ({ status }) => status === 'fulfilling');
    await offeredWhen({ TEA: 7, CUP: 1, SET: 1 });

    const publications = await eventually(
      () => listed<Publication>('/publications?limit=100'),
      (seen) => seen.every(({ mode, outcome }) => mode === 'changes' && outcome === 'accepted'),
    );
    const effects = await toldEffects(simulator, shop);
    expect(effects.toSorted()).toEqual(publications.map(({ publicationId }) => publicationId).toSorted());
    const { body } = await succeed(merchant.get('stock', `/publications/${publications[0]?.publicationId}`));
    expect(body).toMatchObject({ channelId, rows: [expect.objectContaining({ sku: 'TEA', quantity: 7, available: 8 })] });
  }, 90_000);

  it('levels from a file count as a report, and what arrives lets a waiting order go', async () => {
    const orderId = await placeOrder(merchant, { orderNumber: 'WAITS-OK', lines: [{ sku: 'CUP', quantity: 9 }] });
    await orderWhen(merchant, orderId, ({ backordered }) => backordered);
    const file = 'sku,warehouse,quantity\nCUP,north,9\nCUP,both,1\nCUP,NOWHERE,1\n';
    const sent = await merchant.call('POST', merchant.of('stock', '/imports/stock-levels'), {
      ...{ token: merchant.token, body: file, headers: { 'content-type': 'text/csv' } },
    });
    expect(sent.status).toBe(202);
    await orderWhen(merchant, orderId, ({ status }) => status !== 'approved');
    await offeredWhen({ TEA: 7, CUP: 0, SET: 0 });
  }, 90_000);
});

/** The names of all that the shop acted on, one for each time that it did. */
const toldEffects = async (simulator: Simulator, shop: string): Promise<readonly string[]> => {
  const place = `shops/${shop.split('/').at(-1)}`;
  const journal = (await (await fetch(`${simulator.url}/journal?limit=10000&kind=stock-told&place=${place}`)).json()) as {
    readonly entries: readonly { readonly effectId: string }[];
  };
  return journal.entries.map(({ effectId }) => effectId);
};
