import type { Channels } from '@stockproof/channel-directory';
import type { Database } from '@stockproof/sql';
import type { Clock } from '@stockproof/vocabulary';
import { fetchLevels, takeReport } from './level-reports/fetching-levels';
import { knownSkus } from './level-reports/known-skus';
import { periodOfPublishing, publishStock } from './publishing-stock/publishing-stock';
import type { Reporting } from './level-reports/reporting-levels';

/** `writer` also where no worker runs: a push is taken by HTTP. */
export type ChannelWork = {
  readonly reporting: Reporting;
  readonly worker: Database;
  readonly writer: Database;
  readonly clock: Clock;
};

/** What stock does with channels: it hears levels from warehouses, and tells shops what may be sold. */
export const workWithChannels = (channels: Channels, { reporting, worker, writer, clock }: ChannelWork): void => {
  const fetching = { ...reporting, known: knownSkus(writer) };
  channels.onWarehouseJob({
    kind: 'import-stock',
    needs: 'fetch-stock-levels',
    everyMs: 60_000,
    run: (place, run) => fetchLevels(fetching, place, run),
  });
  channels.onWarehousePush('stock-levels', async ({ report }, place) => {
    await takeReport(fetching, place, report);
    return 'applied';
  });
  channels.onShopJob({
    kind: 'export-stock',
    needs: 'publish-stock',
    everyMs: periodOfPublishing,
    run: (place, run) => publishStock({ database: worker, clock }, place, run),
  });
};
