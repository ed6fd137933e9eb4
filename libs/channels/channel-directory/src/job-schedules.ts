import type { JsonObject } from '@stockproof/decider';
import type { Jobs } from '@stockproof/jobs';
import type { AccountId } from '@stockproof/vocabulary';
import { ChannelNotUsable } from './channels';
import { placeIdOf, type HeardChannel } from './heard-channels';

/** A job as far as its schedule goes. */
export type OfferedJob = { readonly kind: string; readonly needs: string; readonly everyMs: number | null };
export type Opened = { readonly capabilities: ReadonlySet<string> };

export const subjectOf = (accountId: AccountId, placeId: string): string => `${accountId}/${placeId}`;

/** One schedule for each job that the channel can do; of a channel that rests they run by hand only, and keep their cursors. */
export const scheduleJobs = async (
  jobs: Jobs,
  heard: Exclude<HeardChannel, { readonly side: 'gone' }>,
  offered: readonly OfferedJob[],
  open: () => Opened | null,
): Promise<void> => {
  const { side, place } = heard;
  const { accountId, organizationId, setUp } = place;
  const placeId = placeIdOf(heard);
  const payload: JsonObject = { side, accountId, organizationId, placeId };
  for (const job of offered) {
    const subject = subjectOf(accountId, placeId);
    if (!isOffered(job, open)) await jobs.unschedule(job.kind, subject);
    else await jobs.schedule(job.kind, subject, { accountId, everyMs: periodOf(job, setUp), payload });
  }
};

const periodOf = (
  { kind, everyMs }: OfferedJob,
  { status, jobPeriodsMs }: { readonly status: string; readonly jobPeriodsMs: Readonly<Record<string, number | null>> },
): number | null => {
  if (status !== 'active') return null;
  const said = jobPeriodsMs[kind];
  return said === undefined ? everyMs : said;
};

/** A channel whose set-up is wrong keeps its jobs: they fail visibly, with the reason. */
const isOffered = (job: OfferedJob, open: () => Opened | null): boolean => {
  try {
    return open()?.capabilities.has(job.needs) ?? false;
  } catch (error) {
    if (error instanceof ChannelNotUsable) return true;
    throw error;
  }
};
