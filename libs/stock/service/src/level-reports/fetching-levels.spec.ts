import fc from 'fast-check';
import type { WarehousePlace } from '@stockproof/channel-directory';
import { commandHandling } from '@stockproof/command-handling';
import { inMemoryEventStore, type EventStore } from '@stockproof/event-store';
import type { FulfillmentChannel, StockLevelReport } from '@stockproof/fulfillment-channel';
import { inMemoryWarehouse } from '@stockproof/fulfillment-channel/testing';
import type { LevelReportRecorded } from '@stockproof/stock-domain';
import { fulfillmentChannelSchema } from '@stockproof/tenancy-contracts';
import { derivedId, skuKey } from '@stockproof/vocabulary';
import { itemStream, stockStreams, type StockStreams } from '../stock.streams';
import { fetchLevels, takeReport, type FetchingLevels } from './fetching-levels';
import { inMemorySpokenOf } from './in-memory-spoken-of';

const accountId = derivedId('account');
const warehouseId = derivedId('north');
const [takenAt, now] = ['2026-01-10T11:00:00.000Z', '2026-01-10T12:00:00.000Z'];
const place = (reportMeaning: 'on-hand' | 'available' = 'on-hand'): WarehousePlace => ({
  ...{ accountId, organizationId: derivedId('organization'), warehouseId },
  setUp: fulfillmentChannelSchema.parse({
    ...{ channelId: derivedId('channel'), applicationType: 'connector', connector: 'memory', backOrderMode: 'managed-here' },
    ...{ reportMeaning, finalReceipts: false, endpointUrl: null, sealedCredentials: null },
  }),
});

/** Stock that knows every SKU but GHOST; SET is a bundle. */
const newStock = () => {
  const clock = { now: () => now };
  const store = inMemoryEventStore({ clock });
  const streams = stockStreams(commandHandling({ store, clock }));
  const known: FetchingLevels['known'] = async (_, skus) => new Set(skus.map(skuKey).filter((key) => key !== 'ghost'));
  const bundles: FetchingLevels['bundles'] = async (_, skus) => new Set(skus.map(skuKey).filter((key) => key === 'set'));
  return { store, streams, fetching: { streams, clock, spokenOf: inMemorySpokenOf(clock), known, bundles } };
};
const recordsIn = async (store: EventStore): Promise<readonly LevelReportRecorded['data'][]> =>
  (await eventsIn(store)).filter(({ type }) => type === 'LevelReportRecorded').map(({ data }) => data as LevelReportRecorded['data']);
const eventsIn = async (store: EventStore) => (await store.readAll('', 100_000)).events;
const totalOf = async (streams: StockStreams, sku: string) =>
  (await streams.items.load(itemStream(accountId, sku))).state.warehouses.get(warehouseId)?.quantities.total ?? 0;
const counted = (rows: StockLevelReport['rows'], more: Partial<StockLevelReport> = {}): StockLevelReport => ({
  ...{ takenAt, meaning: null, rows },
  ...more,
});

describe('a warehouse says what it has', () => {
  it('and each row becomes the level, but for SKUs that nobody knows and for bundles', async () => {
    const { store, streams, fetching } = newStock();
    const rows = [
      { sku: 'TEA', quantity: 7 },
      { sku: 'GHOST', quantity: 3 },
      { sku: 'set ', quantity: 3 },
    ];
    await takeReport(fetching, place(), counted(rows));
    expect([await totalOf(streams, 'TEA'), await totalOf(streams, 'GHOST'), await totalOf(streams, 'SET')]).toEqual([7, 0, 0]);
    expect(await recordsIn(store)).toEqual([
      expect.objectContaining({
        ...{ warehouseId, takenAt, meaning: 'on-hand', applied: 1, unchanged: 0, refused: 2 },
        refusals: [
          { sku: 'GHOST', outcome: 'refused', code: 'unknown-sku' },
          { sku: 'set ', outcome: 'refused', code: 'is-a-bundle' },
        ],
      }),
    ]);
  });

  it('which means what the channel was set up to mean, unless it says so itself', async () => {
    const { store, fetching } = newStock();
    await takeReport(fetching, place('available'), counted([{ sku: 'TEA', quantity: 7 }]));
    await takeReport(fetching, place('available'), counted([{ sku: 'TEA', quantity: 7 }], { meaning: 'on-hand' }));
    expect((await recordsIn(store)).map(({ meaning }) => meaning)).toEqual(['available', 'on-hand']);
  });

  it('once, however often the same report comes, by push or by poll', async () => {
    const { store, fetching } = newStock();
    const report = counted([{ sku: 'TEA', quantity: 7 }]);
    const channel: FulfillmentChannel = { ...inMemoryWarehouse().channel, fetchStockLevels: async () => report };
    await fetchLevels(fetching, { ...place(), channel }, { cursor: null, progress: async () => undefined });
    const before = (await eventsIn(store)).length;
    expect(before).toBe(2);
    await takeReport(fetching, place(), report);
    expect((await eventsIn(store)).length).toBe(before);
  });

  it('and an older report that comes after one that changed nothing is ignored', async () => {
    const { store, streams, fetching } = newStock();
    const at = (minute: number, quantity: number) =>
      takeReport(fetching, place(), counted([{ sku: 'TEA', quantity }], { takenAt: `2026-01-10T11:0${minute}:00.000Z` }));
    await at(1, 7);
    await at(3, 7);
    expect((await eventsIn(store)).filter(({ type }) => type === 'StockLevelReported')).toHaveLength(1);
    await at(2, 5);
    expect(await totalOf(streams, 'TEA')).toBe(7);
    expect((await recordsIn(store)).map(({ refusals }) => refusals.map(({ code }) => code))).toEqual([[], [], ['report-outdated']]);
  });

  it('also where both are decided at once', async () => {
    const { store, streams, fetching } = newStock();
    const at = (minute: number, quantity: number) =>
      takeReport(fetching, place(), counted([{ sku: 'TEA', quantity }], { takenAt: `2026-01-10T11:0${minute}:00.000Z` }));
    await at(1, 7);
    await Promise.all([at(2, 5), at(3, 7)]);
    expect(await totalOf(streams, 'TEA')).toBe(7);
    expect(await recordsIn(store)).toHaveLength(3);
  });

  it('or refused as a whole when it is too old, and nothing is remembered of it', async () => {
    const { streams, fetching, store } = newStock();
    await takeReport(fetching, place(), counted([{ sku: 'TEA', quantity: 7 }], { takenAt: '2026-01-03T11:59:59.999Z' }));
    await takeReport(fetching, place(), counted([{ sku: 'TEA', quantity: 9 }], { takenAt: '2026-01-10T12:30:00.000Z' }));
    expect((await recordsIn(store)).map(({ refusals }) => refusals.map(({ code }) => code))).toEqual([
      ['report-too-old'],
      ['from-the-future'],
    ]);
    await takeReport(fetching, place(), counted([{ sku: 'TEA', quantity: 5 }]));
    expect(await totalOf(streams, 'TEA')).toBe(5);
  });

  it('in a report of any size, which is recorded once', async () => {
    const { store, fetching } = newStock();
    const rows = Array.from({ length: 1_201 }, (_, index) => ({ sku: `SKU-${index}`, quantity: index + 1 }));
    const seen: (readonly [number, number | null])[] = [];
    await takeReport(fetching, place(), counted(rows), async (done, of) => void seen.push([done, of]));
    expect(seen).toEqual([
      [500, 1_201],
      [1_000, 1_201],
      [1_201, 1_201],
    ]);
    expect((await recordsIn(store)).map(({ applied }) => applied)).toEqual([1_201]);
  });

  it('and the last report is what there is, whatever was reported before', async () => {
    const sku = fc.constantFrom('TEA', 'tea ', 'CUP', 'GHOST');
    const rows = fc.array(fc.record({ sku, quantity: fc.nat(20) }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(rows, { maxLength: 6 }), async (reports) => {
        const { store, streams, fetching } = newStock();
        for (const [minute, said] of reports.entries())
          await takeReport(fetching, place(), counted(said, { takenAt: `2026-01-10T11:0${minute}:00.000Z` }));
        for (const name of ['TEA', 'CUP', 'GHOST'])
          expect([name, await totalOf(streams, name)]).toEqual([name, name === 'GHOST' ? 0 : lastSaid(reports, skuKey(name))]);
        for (const { applied, unchanged, refused, refusals } of await recordsIn(store))
          expect([applied + unchanged + refused <= 3, refusals.length]).toEqual([true, refused]);
      }),
    );
  });
});

/** The last figure of the SKU in any spelling: the last row counts where a report names it twice. */
function lastSaid(reports: readonly StockLevelReport['rows'][], key: string): number {
  return reports.flat().findLast(({ sku }) => skuKey(sku) === key)?.quantity ?? 0;
}
