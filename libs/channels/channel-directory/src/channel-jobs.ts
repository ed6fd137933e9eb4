import type { Jobs, ScheduledWork } from '@stockproof/jobs';
import { UnknownJob } from '@stockproof/jobs';
import type { AccountId } from '@stockproof/vocabulary';
import {
  ChannelNotUsable,
  type JobResult,
  type JobRun,
  type ShopJob,
  type ShopPlace,
  type WarehouseJob,
  type WarehousePlace,
} from './channels';
import type { HeardChannel } from './heard-channels';
import { scheduleJobs, subjectOf, type OfferedJob, type Opened } from './job-schedules';
import type { KnownChannels } from './known-channels';
import type { OpeningChannels } from './opening-channels';

export type ChannelJobsOptions = { readonly jobs: Jobs; readonly known: KnownChannels; readonly opening: OpeningChannels };

/** Which jobs there are for every channel of a side, and their schedules: one per kind and channel, so that a failing one slows no other. */
export type ChannelJobs = {
  readonly onWarehouseJob: (job: WarehouseJob) => void;
  readonly onShopJob: (job: ShopJob) => void;
  /** Keeps the schedules in step with what was heard. */
  readonly follow: (heard: HeardChannel) => Promise<void>;
  readonly runSoon: (kind: string, accountId: AccountId, placeId: string) => Promise<void>;
};

type Run = Parameters<ScheduledWork['run']>[0];

export const channelJobs = ({ jobs, known, opening }: ChannelJobsOptions): ChannelJobs => {
  const warehouseJobs = new Map<string, WarehouseJob>();
  const shopJobs = new Map<string, ShopJob>();

  const runOf = async (kind: string, { payload, cursor, progress }: Run): Promise<JobResult> => {
    const [accountId, placeId] = [String(payload['accountId']), String(payload['placeId'])];
    // A disabled account's channels rest: nothing is done and nothing forgotten.
    if (!(await known.isAccountEnabled(accountId))) return { cursor };
    const run: JobRun = { cursor, progress };
    return payload['side'] === 'warehouse'
      ? runForWarehouse(warehouseJobs.get(kind), await known.warehouse(accountId, placeId), run)
      : runForShop(shopJobs.get(kind), await known.shop(accountId, placeId), run);
  };
  const runForWarehouse = async (job: WarehouseJob | undefined, place: WarehousePlace | null, run: JobRun): Promise<JobResult> => {
    if (job === undefined || place === null) return { cursor: run.cursor };
    const channel = usable(place.setUp.status, () => opening.openWarehouse(place));
    if (channel === null) return { cursor: run.cursor };
    mustBeAble(job, channel);
    return job.run({ ...place, channel }, run);
  };
  const runForShop = async (job: ShopJob | undefined, place: ShopPlace | null, run: JobRun): Promise<JobResult> => {
    if (job === undefined || place === null) return { cursor: run.cursor };
    const channel = usable(place.setUp.status, () => opening.openShop(place));
    mustBeAble(job, channel);
    return job.run({ ...place, channel }, run);
  };

  const register = (kind: string): void => {
    // Both sides may have jobs of one name; the runner knows a name once.
    if (!warehouseJobs.has(kind) && !shopJobs.has(kind)) jobs.onSchedule({ kind, run: (run) => runOf(kind, run) });
  };

  return {
    onWarehouseJob: (job) => {
      register(job.kind);
      warehouseJobs.set(job.kind, job);
    },
    onShopJob: (job) => {
      register(job.kind);
      shopJobs.set(job.kind, job);
    },
    follow: async (heard) => {
      switch (heard.side) {
        case 'gone':
          for (const { kind } of warehouseJobs.values()) await jobs.unschedule(kind, subjectOf(heard.accountId, heard.warehouseId));
          return;
        case 'warehouse':
          return scheduleJobs(jobs, heard, [...warehouseJobs.values()], () => opening.openWarehouse(heard.place));
        case 'shop':
          return scheduleJobs(jobs, heard, offeredTo(heard.place, shopJobs), () => opening.openShop(heard.place));
      }
    },
    runSoon: async (kind, accountId, placeId) => {
      try {
        await jobs.runSoon(kind, subjectOf(accountId, placeId), accountId);
      } catch (error) {
        // No system stands behind it, or it cannot do this: there is nothing to run.
        if (!(error instanceof UnknownJob)) throw error;
      }
    },
  };
};

const offeredTo = ({ setUp }: ShopPlace, shopJobs: ReadonlyMap<string, ShopJob>): readonly OfferedJob[] =>
  [...shopJobs.values()].map(({ kind, needs, everyMs }) => ({
    kind,
    needs,
    everyMs: typeof everyMs === 'function' ? everyMs(setUp) : everyMs,
  }));

const usable = <Channel>(status: string, open: () => Channel): Channel => {
  if (status !== 'active') throw new ChannelNotUsable(`The channel is ${status}.`);
  return open();
};

const mustBeAble = (job: Pick<OfferedJob, 'needs'>, { capabilities }: Opened): void => {
  if (!capabilities.has(job.needs)) throw new ChannelNotUsable(`What stands behind this channel cannot do this: ${job.needs}.`);
};
