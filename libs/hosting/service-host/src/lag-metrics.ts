import { parkedStandings, type BusTransport, type ConsumerMetrics } from '@stockproof/bus-transport';
import type { PartitionLag } from '@stockproof/integration-bus';
import { jobStandings, type JobEnded, type JobStanding } from '@stockproof/jobs';
import type { Metrics, Reading } from '@stockproof/observability';
import type { ProjectionRunner } from '@stockproof/projections';
import type { Publisher } from '@stockproof/publishing';
import type { Queryable } from '@stockproof/sql';
import { msBetween, type Clock } from '@stockproof/vocabulary';

/** How far the views of this process are behind their log. */
export const measureViews = ({ gauge }: Metrics, runner: ProjectionRunner): void => {
  gauge(
    'projection_behind_seconds',
    'Age of the oldest event that a view has not read',
    async () => (await runner.status()).map(({ view, behindSeconds }) => ({ labels: { view }, value: behindSeconds })),
    ['view'],
  );
  gauge(
    'projection_stopped',
    '1 for a view that stands still because of an error',
    async () => (await runner.status()).map(({ view, lastError }) => ({ labels: { view }, value: lastError === null ? 0 : 1 })),
    ['view'],
  );
};

/** How far what this process publishes is behind its log. */
export const measurePublisher = ({ gauge }: Metrics, publisher: Publisher): void => {
  gauge('publisher_behind_seconds', 'Age of the oldest event that others were not told of', () => [
    { value: publisher.status().behindSeconds },
  ]);
  gauge('publisher_failing', '1 while publishing fails', () => [{ value: publisher.status().lastError === null ? 0 : 1 }]);
};

/** Counts how often publishing did not simply go on: a topic was lost, or the log is another. */
export const toldAgain = ({ counter }: Metrics): (() => void) => {
  const told = counter('publisher_told_again_total', 'Times that messages were told again, because a topic was lost or the log is another');
  return () => told();
};

/** How far the consumer groups of this process are behind their topics. */
export const measureConsumers = ({ gauge }: Metrics, messages: BusTransport, clock: Clock): void => {
  const sums = async (of: (lags: readonly PartitionLag[]) => number): Promise<readonly Reading[]> =>
    [...Map.groupBy(await messages.lag(), ({ group, topic }) => `${group} ${topic}`)].map(([key, lags]) => {
      const [group = '', topic = ''] = key.split(' ');
      return { labels: { group, topic }, value: of(lags) };
    });
  const oldest = (lags: readonly PartitionLag[]): number =>
    Math.max(0, ...lags.map(({ oldestUnread }) => (oldestUnread === null ? 0 : msBetween(oldestUnread, clock.now()) / 1_000)));
  gauge(
    'consumer_behind_messages',
    'Messages that a group has not read',
    () => sums((lags) => lags.reduce((all, { behind }) => all + behind, 0)),
    ['group', 'topic'],
  );
  gauge('consumer_behind_seconds', 'Age of the oldest message that a group has not read', () => sums(oldest), ['group', 'topic']);
};

/** What the transport counts, as metrics. */
export const consumerMetrics = ({ counter }: Metrics): ConsumerMetrics => {
  const handled = counter('consumer_messages_total', 'Messages handled', ['group', 'topic']);
  const seconds = counter('consumer_seconds_total', 'Time spent handling messages', ['group', 'topic']);
  const retried = counter('consumer_retries_total', 'Batches tried again', ['group', 'topic']);
  const parked = counter('consumer_parked_messages_total', 'Messages parked because they cannot be handled', ['group', 'topic']);
  const changed = counter('consumer_source_changes_total', 'Publishers whose log was replaced by another', ['group', 'topic']);
  const again = counter('consumer_heard_again_total', 'Topics heard from their start because the database was restored', [
    'group',
    'topic',
  ]);
  return {
    handled: (group, topic, messages, took) => {
      handled({ group, topic }, messages);
      seconds({ group, topic }, took);
    },
    retried: (group, topic) => retried({ group, topic }),
    parked: (group, topic, events) => parked({ group, topic }, events),
    sourceChanged: (group, topic) => changed({ group, topic }),
    heardAgain: (group, topic) => again({ group, topic }),
  };
};

/** One look at the database for several gauges of one scrape. */
const oneLook = <T>(read: () => Promise<T>): (() => Promise<T>) => {
  let look: { readonly at: number; readonly found: Promise<T> } | null = null;
  return () => {
    const now = performance.now();
    if (look === null || now - look.at > 1_000) look = { at: now, found: read() };
    return look.found;
  };
};

/** What this service's consumers have parked. The same from every process of the service: it is in the database. */
export const measureParked = ({ gauge }: Metrics, database: Queryable): void => {
  const standings = oneLook(() => parkedStandings(database));
  const of = (value: 'keys' | 'events' | 'oldestSeconds') => async (): Promise<readonly Reading[]> =>
    (await standings()).map((each) => ({ labels: { group: each.group }, value: each[value] }));
  gauge('parked_keys', 'Ordering keys that wait because a message cannot be handled', of('keys'), ['group']);
  gauge('parked_events', 'Messages that wait behind a parked key, the one at fault included', of('events'), ['group']);
  gauge('parked_oldest_seconds', 'Age of the key that was parked first', of('oldestSeconds'), ['group']);
};

/** How this service's jobs stand, those of channels included. The same from every process of the service. */
export const measureJobs = ({ gauge }: Metrics, database: Queryable, clock: Clock): void => {
  const standings = oneLook(() => jobStandings(database, clock.now()));
  const of = (value: Exclude<keyof JobStanding, 'kind'>) => async (): Promise<readonly Reading[]> =>
    (await standings()).map((each) => ({ labels: { kind: each.kind }, value: each[value] }));
  gauge('jobs_failing', 'Schedules and timers whose last run failed', of('failing'), ['kind']);
  gauge('job_success_age_seconds', 'Since the periodic run whose success lies furthest back', of('oldestSuccessSeconds'), ['kind']);
  gauge('job_overdue_seconds', 'How far the job that is most behind is behind its time', of('overdueSeconds'), ['kind']);
};

/** Counts runs of jobs by how they ended. */
export const jobRuns = ({ counter }: Metrics): JobEnded => {
  const ended = counter('job_runs_total', 'Runs of schedules and timers by outcome', ['kind', 'outcome']);
  return (kind, outcome) => ended({ kind, outcome });
};
