import { setTimeout as delay } from 'node:timers/promises';
import { PartitionsDiffer } from '@stockproof/integration-bus';
import type { AdminDoor } from './admin-door';
import { isTransientKafka } from './failure';

export type TopicSettings = {
  /** Copies of each partition; -1: what the brokers do by default. */
  readonly replicationFactor: number;
  /** How long messages are kept, in milliseconds; -1: for ever. */
  readonly retentionMs: number;
};

const [lookAgainMs, seenWithinMs] = [20, 60_000];
const waitMs = 200;

/** The topics of a cluster, with their numbers of partitions, which never change while a topic lives. */
export type Topics = {
  /** Creates what is missing; throws `PartitionsDiffer` for what is there with another number of partitions. */
  readonly ensure: (names: readonly string[], partitions: number) => Promise<void>;
  /** Partitions of each, in the order asked. Throws for a topic that does not exist. */
  readonly partitionsOf: (names: readonly string[]) => Promise<readonly number[]>;
  /** Throws for one that does not exist; what may pass is waited for. */
  readonly met: (names: readonly string[]) => Promise<void>;
  /** Something went wrong: a topic may be gone. */
  readonly forget: () => void;
};

/** Asks something of each partition of a topic: rejects while one of them has nobody who answers for it. */
export type Answers = (topic: string) => Promise<unknown>;

/** `patienceMs`: how long is tried again what failed and may pass. */
export const topicsOf = ({ ask }: AdminDoor, settings: TopicSettings, answers: Answers, patienceMs = 30_000): Topics => {
  const known = new Map<string, number>();

  const look = async (names: readonly string[]): Promise<void> => {
    const living = new Set(await ask((admin) => admin.listTopics()));
    const there = names.filter((name) => living.has(name));
    if (there.length === 0) return;
    const { topics } = await ask((admin) => admin.fetchTopicMetadata({ topics: there }));
    topics.forEach(({ name, partitions }) => known.set(name, partitions.length));
  };
  const create = async (names: readonly string[], numPartitions: number): Promise<void> => {
    if (names.length === 0) return;
    const topics = names.map((topic) => ({
      topic,
      numPartitions,
      replicationFactor: settings.replicationFactor,
      configEntries: entriesOf(settings),
    }));
    // The driver's own wait takes a broker that has not heard of the topic yet for one that never will.
    await ask((admin) => admin.createTopics({ waitForLeaders: false, timeout: 10_000, topics }));
  };
  const partitionsOf = async (names: readonly string[]): Promise<readonly number[]> => {
    const missing = [...new Set(names)].filter((name) => !known.has(name));
    if (missing.length > 0) await look(missing);
    return names.map((name) => {
      const partitions = known.get(name);
      if (partitions === undefined) throw new Error(`topic ${name} does not exist`);
      return partitions;
    });
  };
  return {
    ensure: async (asked, partitions) => {
      const names = [...new Set(asked)];
      const missing = (): readonly string[] => names.filter((name) => !known.has(name));
      const fresh = new Set<string>();
      known.clear();
      await insistently(patienceMs, async () => {
        await look(names);
        missing().forEach((name) => fresh.add(name));
        await create(missing(), partitions);
      });
      await untilKnown(missing, look);
      // A broker names itself the leader of a new partition a moment before it is.
      for (const name of fresh) await insistently(patienceMs, async () => void (await answers(name)));
      for (const name of names) {
        const living = known.get(name);
        if (living !== undefined && living !== partitions) throw new PartitionsDiffer(name, living, partitions);
      }
    },
    partitionsOf,
    met: (names) => insistently(patienceMs, async () => void (await partitionsOf(names))),
    forget: () => known.clear(),
  };
};

/** The broker's own time: how old a message is, and how long it is kept, does not hang on the clock of its publisher. */
const entriesOf = ({ retentionMs }: TopicSettings) => [
  { name: 'cleanup.policy', value: 'delete' },
  { name: 'retention.ms', value: String(retentionMs) },
  { name: 'retention.bytes', value: '-1' },
  { name: 'message.timestamp.type', value: 'LogAppendTime' },
];

/** What is in the way may pass: a broker that is busy or just starting, an election, others who create the same at the same time. */
const insistently = async (patienceMs: number, work: () => Promise<void>): Promise<void> => {
  for (const deadline = performance.now() + patienceMs; ;) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() > deadline || !saidIn(error).every(mayPass)) throw whole(error);
      await delay(waitMs);
    }
  }
};

/** The driver gathers what was said of each topic. */
const saidIn = (error: unknown): readonly unknown[] =>
  error instanceof Error && 'errors' in error && Array.isArray(error.errors) ? error.errors : [error];

/** Copies want as many brokers, and one that is just starting, or too busy to say that it lives, does not count. */
const passingTypes: readonly unknown[] = ['TOPIC_ALREADY_EXISTS', 'INVALID_REPLICATION_FACTOR'];

const mayPass = (error: unknown): boolean =>
  isTransientKafka(error) || (error instanceof Error && 'type' in error && passingTypes.includes(error.type));

const whole = (error: unknown): unknown => {
  const each = saidIn(error).map((said) =>
    said instanceof Error ? `${'topic' in said ? `${said.topic}: ` : ''}${said.message}` : String(said),
  );
  return each[0] === undefined || saidIn(error)[0] === error
    ? error
    : new Error(`topics could not be created: ${each.join('; ')}`, { cause: error });
};

/** A broker may hear of a new topic later than the one that created it. */
const untilKnown = async (missing: () => readonly string[], look: (names: readonly string[]) => Promise<void>): Promise<void> => {
  const deadline = performance.now() + seenWithinMs;
  for (let names = missing(); names.length > 0; names = missing()) {
    if (performance.now() > deadline) throw new Error(`created, but not to be seen after ${seenWithinMs / 1_000} s: ${names.join(', ')}`);
    // What is in the way may pass; the deadline says when it does not.
    await look(names).catch(() => undefined);
    await delay(lookAgainMs);
  }
};
