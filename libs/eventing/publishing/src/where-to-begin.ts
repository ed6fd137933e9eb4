import { startOfLog, type EventStore } from '@stockproof/event-store';
import type { DeliveredMessage, IntegrationBus } from '@stockproof/integration-bus';
import { messageId } from './messages';
import type { PublisherCheckpoint } from './publisher-row';
import { generationOf, sourceOf } from './source';

export type Published = {
  readonly service: string;
  readonly topics: readonly string[];
  readonly store: EventStore;
  readonly bus: IntegrationBus;
};

/** Where to go on; `because` says why it is not simply the checkpoint, or is null. */
export type Beginning = PublisherCheckpoint & { readonly because: string | null };

/**
 * Where publishing goes on after a start: at the checkpoint, unless the log is not the one that was published, or a topic is not the
 * one that was published to.
 *
 * The log is another when the event at the checkpoint is, or when a topic ends with a message that this log does not contain: somebody
 * restored it. Then what follows the last known common event is told as a new source, because consumers skip by source and position.
 * A topic that ends before what was told on it has lost it: then all is told again, as the same messages, and consumers skip what they
 * have seen. One that was seen to hold less than before (`shorter`) and yet ends with what was told last was lost and told on again
 * before that was noticed: consumers have moved on to that, so everything is told as a new source.
 */
export const whereToBegin = async (
  published: Published,
  checkpoint: PublisherCheckpoint,
  shorter: readonly string[],
): Promise<Beginning> => {
  const { service, store } = published;
  const logId = await store.logId();
  const generation = checkpoint.logId === logId ? checkpoint.generation : 0;
  const lasts = await lastMessages(published, logId);
  const common = await Promise.all(lasts.map((message) => isInLog(store, message)));
  const verified = await isVerified(store, checkpoint);
  const generations = lasts.map((message) => generationOf(message.source, service, logId) ?? 0);
  const foreign = lasts.some((_, index) => (generations[index] ?? 0) > generation || (generations[index] === generation && !common[index]));
  if (foreign || checkpoint.logId !== logId || !verified) {
    const otherHistory = foreign || (!verified && checkpoint.logId === logId);
    return {
      logId,
      generation: otherHistory ? Math.max(generation, ...generations) + 1 : generation,
      ...(verified
        ? { position: checkpoint.position, eventId: checkpoint.eventId }
        : await lastCommon(
            store,
            lasts.filter((_, index) => common[index]),
          )),
      told: {},
      because: 'the log is not the one that was published; what follows is told as a new source',
    };
  }
  return (await afterLoss(published, checkpoint, { lasts, shorter })) ?? { ...checkpoint, because: null };
};

type Seen = { readonly lasts: readonly DeliveredMessage[]; readonly shorter: readonly string[] };

/** Null where no topic was lost. */
const afterLoss = async (published: Published, checkpoint: PublisherCheckpoint, { lasts, shorter }: Seen): Promise<Beginning | null> => {
  const { logId, generation, told } = checkpoint;
  const fromStart = { logId, position: startOfLog, eventId: null, told: {} };
  const lost = await lostTopics(published, checkpoint, lasts);
  const suspected = shorter.filter((topic) => told[topic] !== undefined && !lost.includes(topic));
  const late = await wholeOf(published, suspected);
  if (late.length > 0) {
    const because = `what was told is lost of ${late.join(', ')}, and more was told before that was noticed; everything is told as a new source`;
    return { ...fromStart, generation: generation + 1, because };
  }
  if (lost.length === 0) return null;
  return {
    ...fromStart,
    generation,
    because: `what was told is lost of ${lost.join(', ')}; everything is told again, as the same messages`,
  };
};

/** Topics that end before what was told on them, although nothing of them was removed. */
const lostTopics = async (
  published: Published,
  { logId, generation, told }: PublisherCheckpoint,
  lasts: readonly DeliveredMessage[],
): Promise<readonly string[]> => {
  const source = sourceOf(published.service, logId, generation);
  const endsBefore = (topic: string, position: string): boolean =>
    !lasts.some((last) => last.topic === topic && last.source === source && last.sourcePosition >= position);
  return wholeOf(
    published,
    published.topics.filter((topic) => told[topic] !== undefined && endsBefore(topic, told[topic])),
  );
};

/** Topics of which nothing was removed for its age. */
const wholeOf = async ({ bus }: Published, topics: readonly string[]): Promise<readonly string[]> => {
  const whole = await Promise.all(topics.map((topic) => bus.holdsEverything(topic)));
  return topics.filter((_, index) => whole[index]);
};

const lastMessages = async ({ bus, topics, service }: Published, logId: string): Promise<readonly DeliveredMessage[]> => {
  const found = await Promise.all(topics.map((topic) => bus.lastOfSource(topic, sourceOf(service, logId, 0))));
  return found.flat().filter((message) => generationOf(message.source, service, logId) !== null);
};

const isInLog = async (store: EventStore, { id, sourcePosition, ordinal }: DeliveredMessage): Promise<boolean> => {
  const event = await store.eventAt(sourcePosition);
  return event !== null && messageId(event.id, ordinal) === id;
};

const isVerified = async (store: EventStore, { position, eventId }: PublisherCheckpoint): Promise<boolean> =>
  position === startOfLog || (await store.eventAt(position))?.id === eventId;

/** Everything before a common event is common, and was published before it. */
const lastCommon = async (
  store: EventStore,
  common: readonly DeliveredMessage[],
): Promise<Pick<PublisherCheckpoint, 'position' | 'eventId'>> => {
  const position =
    common
      .map((message) => message.sourcePosition)
      .sort()
      .at(-1) ?? startOfLog;
  return { position, eventId: position === startOfLog ? null : ((await store.eventAt(position))?.id ?? null) };
};
