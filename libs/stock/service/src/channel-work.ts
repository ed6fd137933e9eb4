import type { Channels } from '@stockproof/channel-directory';
import type { Database } from '@stockproof/sql';
import type { Clock } from '@stockproof/vocabulary';
import { fetchLevels, takeReport } from './level-reports/fetching-levels';
import { publishStock } from './publishing-stock/publishing-stock';
import type { StockStreams } from './stock.streams';

export type ChannelWork = { readonly streams: StockStreams; readonly worker: Database; readonly clock: Clock };

/** What stock does with channels: it hears levels from warehouses, and tells shops what may be sold. */
export const workWithChannels = (channels: Channels, { streams, worker, clock }: ChannelWork): void => {
  const reporting = { streams, clock };
  channels.onWarehouseJob({
    kind: 'import-stock',
    needs: 'fetch-stock-levels',
    everyMs: 60_000,
    run: (place, run) => fetchLevels(reporting, place, run),
  });
  channels.onWarehousePush('stock-levels', async ({ report }, place) => {
    await takeReport(reporting, place, report);
    return 'applied';
  });
  channels.onShopJob({
    kind: 'export-stock',
    needs: 'publish-stock',
    everyMs: 5_000,
    run: (place, run) => publishStock({ database: worker, clock }, place, run),
  });
};
