import type { BusTransport, ConsumerMetrics } from '@stockproof/bus-transport';
import type { PartitionLag } from '@stockproof/integration-bus';
import type { Metrics, Reading } from '@stockproof/observability';
import type { ProjectionRunner } from '@stockproof/projections';
import type { Publisher } from '@stockproof/publishing';
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
  return {
    handled: (group, topic, messages, took) => {
      handled({ group, topic }, messages);
      seconds({ group, topic }, took);
    },
    retried: (group, topic) => retried({ group, topic }),
    parked: (group, topic, events) => parked({ group, topic }, events),
    sourceChanged: (group, topic) => changed({ group, topic }),
  };
};
