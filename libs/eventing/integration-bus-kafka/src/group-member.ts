import { setTimeout as delay } from 'node:timers/promises';
import type { Consumer, ConsumerGroupJoinEvent, EachBatchPayload, Kafka } from 'kafkajs';
import type { DeliveredMessage, SubscribeOptions } from '@stockproof/integration-bus';
import { ForeignRecord, idOfRecord, messageOf } from './cloud-events';
import { driverRetries } from './connection';
import { isTransientKafka } from './failure';
import { OffsetCommits } from './offset-commits';
import type { PartitionLog } from './partition-log';
import { PartitionReader } from './partition-reader';

/** How long the others of a group wait for a member that fell silent before its partitions are theirs. */
const sessionMs = 10_000;
const heartbeatMs = 500;
/** How long a fetch waits for something new: also how long a partition that rested may wait until it is fetched again. */
const fetchWaitMs = 200;
/** A batch that takes longer no longer holds up the fetches of other partitions; its own partition rests meanwhile. */
const patienceMs = 100;
const askAgainMs = 250;
const [firstRestartMs, longestRestartMs] = [250, 10_000];

/** One consumer of the driver, and what it owns. */
type Session = { readonly consumer: Consumer; readonly commits: OffsetCommits; memberId: string };

/**
 * One member of a consumer group for as long as somebody listens. A consumer of the driver that has crashed is replaced by a new one,
 * which begins where the group stands.
 */
export class GroupMember {
  readonly #readers = new Map<string, PartitionReader>();
  /** Readers of before the last change in the group that may still have a batch in hand. */
  readonly #ending = new Map<string, PartitionReader>();
  #session: Session | null = null;
  #livesUntil = Number.NEGATIVE_INFINITY;
  #stopping = false;
  #starting: Promise<void> = Promise.resolve();
  #restart: NodeJS.Timeout | null = null;
  #failures = 0;

  constructor(
    private readonly kafka: Kafka,
    private readonly options: SubscribeOptions,
    private readonly log: PartitionLog,
  ) {}

  /** Resolves when the group was joined, or when the first try failed: it goes on trying. */
  start(): Promise<void> {
    this.#starting = this.#begin();
    return this.#starting;
  }

  async stop(): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    if (this.#restart) clearTimeout(this.#restart);
    await this.#starting;
    await Promise.all([...this.#readers.values(), ...this.#ending.values()].map((reader) => reader.finish()));
    const session = this.#session;
    await session?.commits.finish();
    await session?.consumer.disconnect().catch((error: unknown) => this.options.onError?.(error));
    this.#loseAll();
  }

  async #begin(): Promise<void> {
    const consumer = this.kafka.consumer({
      groupId: this.options.group,
      sessionTimeout: sessionMs,
      rebalanceTimeout: sessionMs,
      heartbeatInterval: heartbeatMs,
      maxWaitTimeInMs: fetchWaitMs,
      allowAutoTopicCreation: false,
      retry: { ...driverRetries, restartOnFailure: async () => false },
    });
    const session: Session = {
      consumer,
      commits: new OffsetCommits(consumer, (error) => this.options.onError?.(error)),
      memberId: '',
    };
    this.#session = session;
    this.#listen(session);
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [...this.options.topics], fromBeginning: true });
      await consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: 64,
        eachBatch: (payload) => this.#hear(session, payload),
      });
    } catch (error) {
      await consumer.disconnect().catch(() => undefined);
      this.#beginLater(session, error);
    }
  }

  #listen(session: Session): void {
    const { consumer } = session;
    const lives = () => {
      this.#livesUntil = performance.now() + sessionMs;
    };
    consumer.on(consumer.events.HEARTBEAT, lives);
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      lives();
      this.#failures = 0;
      this.#takeIn(session, payload);
    });
    // The driver has disconnected it already, and would begin it again only for some errors.
    consumer.on(consumer.events.CRASH, ({ payload }) => this.#beginLater(session, payload.error));
  }

  #beginLater(session: Session, error: unknown): void {
    if (session !== this.#session || this.#stopping || this.#restart) return;
    this.#loseAll();
    this.options.onError?.(error);
    const waitMs = Math.min(firstRestartMs * 2 ** this.#failures, longestRestartMs);
    this.#failures += 1;
    this.#restart = setTimeout(() => {
      this.#restart = null;
      void this.start();
    }, waitMs);
    this.#restart.unref();
  }

  /**
   * After each change in the group the driver fetches every partition again from its offset. So every partition gets a fresh reader,
   * which waits for what the earlier one has in hand; that one still owns the partition if it stayed with the same member.
   */
  #takeIn(session: Session, { memberId, memberAssignment }: ConsumerGroupJoinEvent['payload']): void {
    const stayed = memberId === session.memberId;
    session.memberId = memberId;
    const owned = Object.entries(memberAssignment).flatMap(([topic, partitions]) => partitions.map((partition) => ({ topic, partition })));
    const keys = new Set(owned.map(keyOf));
    session.commits.keepOnly(keys);
    for (const [key, reader] of this.#readers) if (!stayed || !keys.has(key)) reader.lose();
    for (const [key, reader] of this.#readers) this.#end(key, reader);
    this.#readers.clear();
    for (const place of owned) {
      const key = keyOf(place);
      const reader = new PartitionReader(
        place,
        this.options,
        {
          lives: () => performance.now() < this.#livesUntil,
          handled: (next) => session.commits.move(place.topic, place.partition, next),
        },
        this.#ending.get(key) ?? null,
      );
      this.#readers.set(key, reader);
      session.consumer.resume([{ topic: place.topic, partitions: [place.partition] }]);
    }
  }

  #end(key: string, reader: PartitionReader): void {
    this.#ending.set(key, reader);
    void reader.finish().then(() => {
      if (this.#ending.get(key) === reader) this.#ending.delete(key);
    });
  }

  async #hear(session: Session, { batch, resolveOffset, pause, isRunning, isStale }: EachBatchPayload): Promise<void> {
    const reader = this.#readers.get(keyOf(batch));
    if (!reader || session !== this.#session || this.#stopping || !isRunning() || isStale()) return;
    const messages = batch.messages.flatMap((record) => this.#messageOf(batch.topic, batch.partition, record));
    resolveOffset(batch.lastOffset());
    const handled = reader.take(messages);
    if (await endsWithin(patienceMs, handled)) return;
    const resume = pause();
    void handled.then(() => this.#goOn(session, reader.last)).then(resume);
  }

  /** While a partition rested nobody asked for it, and nobody was told that its topic was deleted and created again. */
  async #goOn(session: Session, last: DeliveredMessage | null): Promise<void> {
    const stays = (): boolean => session === this.#session && !this.#stopping;
    if (!last || !(await isAnotherNow(this.log, last, stays)) || !stays()) return;
    this.options.onError?.(new Error(`${keyOf(last)} is another than it was; it is heard from its beginning`));
    session.consumer.seek({ topic: last.topic, partition: last.partition, offset: '0' });
  }

  #messageOf(topic: string, partition: number, record: Parameters<typeof messageOf>[2]): readonly DeliveredMessage[] {
    try {
      return [messageOf(topic, partition, record)];
    } catch (error) {
      if (!(error instanceof ForeignRecord)) throw error;
      // It has no ordering key to park, and to wait for it would be to wait for ever.
      this.options.onError?.(error);
      return [];
    }
  }

  #loseAll(): void {
    this.#livesUntil = Number.NEGATIVE_INFINITY;
    this.#readers.forEach((reader) => reader.lose());
  }
}

const keyOf = ({ topic, partition }: { readonly topic: string; readonly partition: number }): string => `${topic}/${partition}`;

/** Where nobody answers it is asked again: a fetch would go on in the middle of another topic. Where there is no such offset, the fetch finds out. */
const isAnotherNow = async (
  log: PartitionLog,
  { topic, partition, offset, id }: DeliveredMessage,
  stays: () => boolean,
): Promise<boolean> => {
  while (stays())
    try {
      const [record] = await log.read({ topic, partition, offset: Number(offset), mostBytes: 1 });
      return record?.offset === offset && idOfRecord(record) !== id;
    } catch (error) {
      if (!isTransientKafka(error)) return false;
      await delay(askAgainMs);
    }
  return false;
};

const endsWithin = async (ms: number, work: Promise<void>): Promise<boolean> => {
  let limit: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => (limit = setTimeout(() => resolve(false), ms)));
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(limit);
  }
};
