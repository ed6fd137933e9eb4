import type { Clock } from '@stockproof/vocabulary';
import { InMemoryDeliveries } from './in-memory-deliveries';
import { keyOf, offsetOf, takeAwayLease } from './in-memory-group';
import { delivered, inMemoryTopics } from './in-memory-topics';
import { partitionsPerTopic, type DeliveredMessage, type IntegrationBus, type PartitionBatch } from './integration-bus';
import { checkSizes } from './message-size';

export type InMemoryBus = IntegrationBus & {
  /** Delivers one batch and waits for its handler; null when nothing is left. For buses made with `manual`. */
  readonly deliver: (group?: string) => Promise<PartitionBatch | null>;
  /** Resolves once everything published and not held back was handled; delivers it first on a `manual` bus. */
  readonly settle: () => Promise<void>;
  /** Delivers the last messages of a partition (default: all) to a group once more. */
  readonly redeliver: (group: string, topic: string, partition: number, messages?: number) => void;
  /** Holds messages back from a group until the answer is called. */
  readonly holdBack: (group: string, topic?: string) => () => void;
  /** Gives a partition to another member at once, also with a batch in hand. */
  readonly takeAway: (group: string, topic: string, partition: number) => void;
  /** Everything ever published to a topic, partition after partition. */
  readonly messages: (topic: string) => readonly DeliveredMessage[];
};

export type InMemoryBusOptions = {
  readonly clock: Clock;
  /** True: nothing is delivered by itself, only by `deliver` and `settle`. */
  readonly manual?: boolean;
  /** First wait after a rejected batch; doubles up to a hundred times as much. Default 5. */
  readonly retryMs?: number;
};

/** The integration bus without a database: for tests, with hooks to deliver step by step, twice or late. */
export const inMemoryBus = (options: InMemoryBusOptions): InMemoryBus => {
  const topics = inMemoryTopics();
  const deliveries = new InMemoryDeliveries(topics, options.manual ?? false, options.retryMs ?? 5);
  return {
    ensureTopics: async (names, partitions = partitionsPerTopic) => names.forEach((name) => topics.ensure(name, partitions)),
    publish: async (messages) => {
      checkSizes(messages);
      messages.forEach((message) => topics.partitionsOf(message.topic));
      messages.forEach((message) => topics.append(message, options.clock.now()));
      deliveries.wake();
    },
    subscribe: (to) => deliveries.subscribe(to),
    lastOfSource: async (topic, prefix) =>
      topics.partitionsOf(topic).flatMap((log) => {
        const last = log.findLast((message) => message.source.startsWith(prefix));
        return last ? [delivered(last)] : [];
      }),
    // Nothing is ever removed.
    holdsEverything: async () => true,
    lag: async (name, of) =>
      of.filter(topics.has).flatMap((topic) =>
        topics.partitionsOf(topic).map((log, partition) => {
          const read = offsetOf(deliveries.group(name), topic, partition);
          return { topic, partition, behind: log.length - read, oldestUnread: log[read]?.publishedAt ?? null, next: String(read) };
        }),
      ),
    rewind: async (name, topic) =>
      topics.partitionsOf(topic).forEach((_, partition) => deliveries.group(name).offsets.delete(keyOf(topic, partition))),
    close: () => deliveries.close(),
    deliver: (group) => deliveries.deliver(group),
    settle: () => deliveries.settle(),
    redeliver: (name, topic, partition, count = Number.POSITIVE_INFINITY) => {
      const group = deliveries.group(name);
      group.offsets.set(keyOf(topic, partition), Math.max(0, offsetOf(group, topic, partition) - count));
      deliveries.wake();
    },
    holdBack: (group, topic) => deliveries.holdBack(group, topic),
    takeAway: (name, topic, partition) => {
      takeAwayLease(deliveries.group(name), topic, partition);
      deliveries.wake();
    },
    messages: (topic) => topics.partitionsOf(topic).flatMap((log) => log.map(delivered)),
  };
};
