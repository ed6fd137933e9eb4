import type { ProductSource } from '@stockproof/catalog-domain';
import type { Channels } from '@stockproof/channel-directory';
import type { Jobs } from '@stockproof/jobs';
import type { AccountId } from '@stockproof/vocabulary';
import { productSourceStream, type CatalogStreams } from '../catalog.streams';

/** Where the products of an account come from, as it was last heard. */
export const masterSource = async ({ productSources }: CatalogStreams, accountId: AccountId): Promise<ProductSource> =>
  (await productSources.loadLatest(productSourceStream(accountId))).state.source;

const followJob = 'follow-master-source';
const followEveryMs = 60_000;

export type FollowingSource = {
  readonly streams: CatalogStreams;
  readonly channels: Pick<Channels, 'shop' | 'warehouse' | 'runSoon'>;
  readonly jobs: Jobs;
};

/** From now on the master is asked for products by itself; nobody is where products come from here. */
export const followSource = async ({ jobs }: FollowingSource, accountId: AccountId, source: ProductSource): Promise<void> =>
  source.kind === 'stockproof'
    ? jobs.unschedule(followJob, accountId)
    : jobs.schedule(followJob, accountId, { accountId, everyMs: followEveryMs, payload: { accountId } });

/**
 * Only the master's import may run, so only the master's runs by itself: every minute, where its channel is active and was given no
 * period of its own.
 */
export const askMasters = ({ streams, channels, jobs }: FollowingSource): void =>
  jobs.onSchedule({
    kind: followJob,
    run: async ({ payload }) => {
      const accountId = String(payload['accountId']);
      const source = await masterSource(streams, accountId);
      if (source.kind === 'stockproof') return { cursor: null };
      const place = await (source.kind === 'sales-channel' ? channels.shop : channels.warehouse)(accountId, source.id);
      const mayRun = place?.setUp.status === 'active' && place.setUp.jobPeriodsMs['import-products'] === undefined;
      if (mayRun) await channels.runSoon('import-products', accountId, source.id);
      return { cursor: null };
    },
  });
