import { live, openDay, skus, stepsOf, stockAtFirst, type Place } from './testing/day-of-warehouses';
import { succeed } from './testing/http-client';
import { newInstallation, type Installation } from './testing/installation';
import { eventually, levelsOf, newMerchant, type Merchant } from './testing/merchant';
import { openShop } from './testing/order-desk';
import { startSimulator, type Simulator } from './testing/simulator';
import { putBehind } from './testing/warehouse-system';

const seed = Number(process.env['STOCKPROOF_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const stepsPerDay = 60;

type Discrepancy = { readonly sku: string; readonly warehouseId: string; readonly open: number };

/**
 * Warehouses count while goods leave, arrive and are corrected, and every word of it is late: reports by push, by hand and by the
 * product's own fetching, updates of shipments, receipts and corrections, some of them twice.
 */
describe(`levels that are reported over HTTP while every word is late (seed ${seed})`, () => {
  let installation: Installation;
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator();
    installation = await newInstallation({ STOCKPROOF_OUTBOUND_ALLOW: new URL(simulator.url).host });
    await installation.start('all-in-one');
  }, 180_000);
  afterAll(async () => {
    await installation.remove();
    await simulator.stop();
  });

  it('end where the warehouses are, and nothing is left open', async () => {
    const { merchant, places } = await dayOf(installation, simulator, { seed, withhold: false });
    await whereTheWarehousesAre(merchant, places);
    expect(await openAt(merchant)).toEqual({});
    expect(await waysOfReports(merchant)).toEqual(['by a channel', 'by a person']);
  }, 120_000);

  it('and where one flow is withheld for ever, that flow is what is open there, and nothing else anywhere', async () => {
    const { merchant, places, withheld } = await dayOf(installation, simulator, { seed: seed + 1, withhold: true });
    await whereTheWarehousesAre(merchant, places);
    if (withheld === null) throw new Error('Nothing was withheld: the day was too short.');
    expect(await openAt(merchant)).toEqual({ [`${withheld.sku} ${withheld.warehouse}`]: withheld.quantity });
  }, 120_000);
});

const dayOf = async (
  installation: Installation,
  simulator: Simulator,
  { seed: ofDay, withhold }: { readonly seed: number; readonly withhold: boolean },
) => {
  const merchant = await newMerchant(installation, simulator);
  const codes = ['NORTH', 'SOUTH'] as const;
  const places: readonly Place[] = await Promise.all(
    codes.map(async (code) => ({ code, system: await putBehind(merchant, simulator, code) })),
  );
  // Nothing is fetched but levels, and those only once the day has begun: what a warehouse takes on is known by then.
  const asleep = { 'import-stock': null, 'import-shipments': null, 'import-receipts': null };
  for (const { code, system } of places) {
    await system.setUp({ jobPeriodsMs: asleep });
    await system.byHand('PUT', '/settings', { automatic: false, meaning: code === 'NORTH' ? 'on-hand' : 'available' });
  }
  await openShop(
    merchant,
    codes.flatMap((warehouse) => skus.map((sku) => ({ sku, warehouse, quantity: stockAtFirst }))),
  );
  const day = await openDay(merchant, simulator, places);
  for (const { system } of places) await system.setUp({ jobPeriodsMs: { ...asleep, 'import-stock': 1_000 } });
  const withheld = await live(day, stepsOf(ofDay, stepsPerDay), { withhold });
  return { merchant, places, withheld };
};

/** Waits until a report that was fetched at the end has been taken, and all that was told before it. */
const whereTheWarehousesAre = async (merchant: Merchant, places: readonly Place[]): Promise<void> => {
  const ended = new Date().toISOString();
  await eventually(
    async () => await listed<{ readonly warehouseId: string; readonly takenAt: string }>(merchant, '/level-reports'),
    (reports) => places.every(({ code }) => reports.some((each) => each.warehouseId === merchant.warehouses[code] && each.takenAt > ended)),
  );
  const truth = Object.fromEntries(
    (
      await Promise.all(
        places.map(async ({ code, system }) =>
          Object.entries((await system.onHand()) as Readonly<Record<string, number>>).map(
            ([sku, quantity]) => [`${sku} ${code}`, quantity] as const,
          ),
        ),
      )
    ).flat(),
  );
  const totals = async () =>
    Object.fromEntries(
      Object.entries(await levelsOf(merchant)).flatMap(([name, figures]) => (name in truth ? [[name, Number(figures.split('/')[0])]] : [])),
    );
  await eventually(totals, (seen) => Object.entries(truth).every(([name, quantity]) => seen[name] === quantity), 20_000).catch(
    () => undefined,
  );
  expect(await totals()).toEqual(truth);
};

/** What no flow explains, by place. */
const openAt = async (merchant: Merchant): Promise<Readonly<Record<string, number>>> => {
  const open = new Map<string, number>();
  for (const each of await listed<Discrepancy>(merchant, '/discrepancies?open=true'))
    open.set(`${each.sku} ${each.warehouseId}`, (open.get(`${each.sku} ${each.warehouseId}`) ?? 0) + each.open);
  return Object.fromEntries([...open].filter(([, quantity]) => quantity !== 0));
};

const waysOfReports = async (merchant: Merchant): Promise<readonly string[]> => {
  const reports = await listed<{ readonly source: string }>(merchant, '/level-reports');
  return [...new Set(reports.map(({ source }) => (source.startsWith('channel:') ? 'by a channel' : 'by a person')))].toSorted();
};

/** All of a list, page by page. */
const listed = async <Item>(merchant: Merchant, path: string): Promise<readonly Item[]> => {
  const items: Item[] = [];
  let cursor: unknown = null;
  do {
    const page = `${path}${path.includes('?') ? '&' : '?'}limit=100${typeof cursor === 'string' ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
    const { body } = await succeed(merchant.get('stock', page));
    items.push(...(body['items'] as readonly Item[]));
    cursor = body['nextCursor'];
  } while (typeof cursor === 'string');
  return items;
};
