import type { DeliveredMessage, PartitionLag } from '@stockproof/integration-bus';
import type { Instant } from '@stockproof/vocabulary';
import type { AdminDoor } from './admin-door';
import { isForeign, messageOf, sourceOfRecord } from './cloud-events';
import type { PartitionLog } from './partition-log';

/** From the first record that is kept to behind the last. */
type Extent = { readonly partition: number; readonly low: number; readonly high: number };

/** What can be asked about where the topics end, and how far others have come. */
export const positionsOf = ({ ask }: AdminDoor, log: PartitionLog) => {
  const extentsOf = async (topic: string): Promise<readonly Extent[]> => {
    const offsets = await ask((admin) => admin.fetchTopicOffsets(topic));
    return offsets
      .map(({ partition, low, high }) => ({ partition, low: Number(low), high: Number(high) }))
      .sort((one, other) => one.partition - other.partition);
  };
  return {
    lastOfSource: async (topic: string, prefix: string): Promise<readonly DeliveredMessage[]> => {
      const lasts = await Promise.all((await extentsOf(topic)).map((extent) => lastIn(log, topic, extent, prefix)));
      return lasts.flatMap((last) => (last ? [last] : []));
    },
    holdsEverything: async (topic: string): Promise<boolean> => (await extentsOf(topic)).every(({ low }) => low === 0),
    lag: async (group: string, asked: readonly string[]): Promise<readonly PartitionLag[]> => {
      // The driver fails for all where one of them is missing, and whoever watches for lost topics would never hear of it.
      const living = new Set(await ask((admin) => admin.listTopics()));
      const topics = asked.filter((topic) => living.has(topic));
      if (topics.length === 0) return [];
      const committed = await ask((admin) => admin.fetchOffsets({ groupId: group, topics }));
      const committedIn = (topic: string, partition: number): number =>
        Number(committed.find((each) => each.topic === topic)?.partitions.find((each) => each.partition === partition)?.offset ?? -1);
      const lags = await Promise.all(
        topics.map(async (topic) =>
          Promise.all((await extentsOf(topic)).map((extent) => lagIn(log, topic, extent, committedIn(topic, extent.partition)))),
        ),
      );
      return lags.flat();
    },
    rewind: async (group: string, topic: string): Promise<void> => {
      const partitions = (await extentsOf(topic)).map(({ partition, low }) => ({ partition, offset: String(low) }));
      await ask((admin) => admin.setOffsets({ groupId: group, topic, partitions }));
    },
  };
};

const bytesAtOnce = 4_000_000;
const mostAtOnce = 20_000;

const lagIn = async (log: PartitionLog, topic: string, { partition, low, high }: Extent, committed: number): Promise<PartitionLag> => {
  const next = Math.max(low, committed);
  // What its retention removed meanwhile has no age any more.
  const { isOurs, oldest } = await unreadIn(log, { topic, partition, from: next, to: high }).catch(() => ({ isOurs: true, oldest: null }));
  return { topic, partition, behind: isOurs ? high - next : 0, oldestUnread: oldest, next: String(next) };
};

type Between = { readonly topic: string; readonly partition: number; readonly from: number; readonly to: number };
type Unread = { readonly isOurs: boolean; readonly oldest: Instant | null };

/**
 * What others wrote behind the last message of ours is nothing unread: groups pass over it. They do not move for it, or they would stand
 * further than what their service has noted as heard, which is how a restored database is known.
 */
const unreadIn = async (log: PartitionLog, { topic, partition, from, to }: Between): Promise<Unread> => {
  for (let offset = from; offset < to;) {
    const records = await log.read({ topic, partition, offset, mostBytes: offset === from ? 1 : bytesAtOnce });
    const [ours, last] = [records.find((record) => !isForeign(topic, partition, record)), records.at(-1)];
    if (ours) return { isOurs: true, oldest: new Date(Number(ours.timestamp)).toISOString() };
    if (!last) return { isOurs: true, oldest: null };
    offset = Number(last.offset) + 1;
  }
  return { isOurs: false, oldest: null };
};

/** Backwards in growing steps: the last record is nearly always of the source that is looked for. */
const lastIn = async (
  log: PartitionLog,
  topic: string,
  { partition, low, high }: Extent,
  prefix: string,
): Promise<DeliveredMessage | null> => {
  let step = 1;
  for (let to = high; to > low;) {
    const from = Math.max(low, to - step);
    const found = await lastBetween(log, { topic, partition, from, to }, prefix);
    if (found) return found;
    to = from;
    step = Math.min(step * 8, mostAtOnce);
  }
  return null;
};

const lastBetween = async (
  log: PartitionLog,
  { topic, partition, from, to }: Between,
  prefix: string,
): Promise<DeliveredMessage | null> => {
  let found: DeliveredMessage | null = null;
  for (let offset = from; offset < to;) {
    const records = await log.read({ topic, partition, offset, mostBytes: bytesAtOnce });
    const inside = records.filter((record) => Number(record.offset) < to);
    const last = inside.findLast((record) => sourceOfRecord(record)?.startsWith(prefix) ?? false);
    if (last) found = messageOf(topic, partition, last);
    const next = records.at(-1);
    if (!next) break;
    offset = Number(next.offset) + 1;
  }
  return found;
};
