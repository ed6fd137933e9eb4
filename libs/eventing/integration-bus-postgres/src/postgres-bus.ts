import { randomUUID } from 'node:crypto';
import {
  partitionsPerTopic,
  type DeliveredMessage,
  type IntegrationBus,
  type IntegrationMessage,
  type PartitionLag,
} from '@stockproof/integration-bus';
import type { Lines } from '@stockproof/postgres-connection';
import { connections, type Connections } from './connections';
import { Membership } from './membership';
import { partitionLog } from './partition-log';
import { publishing } from './publish';
import { topicDirectory } from './topic-directory';
import { wakeUps } from './wake-ups';

export type PostgresBusOptions = {
  /** The database that holds the schema `bus`. */
  readonly url: string;
  /** Acts as this role: `<service>_worker`. */
  readonly role?: string;
  /** Told of lost connections; the bus goes on by itself. */
  readonly log?: { readonly warn: (details: object, message: string) => void };
  /** After this silence the partitions of a client go to others. Default 5,000. */
  readonly leaseMs?: number;
  /** A connection on which a statement was not answered for so long counts as lost. Default 15,000. */
  readonly silentMs?: number;
  /** Default: lines that nobody cuts. */
  readonly lines?: Lines;
  /** Makes the schema of the bus again where somebody dropped it: running the migrations does. */
  readonly recreateSchema?: () => Promise<void>;
};

/** The integration bus as a partitioned log in Postgres: for one machine, or for few. One client per service and process. */
export const postgresBus = ({ url, role, log, leaseMs = 5_000, silentMs, lines, recreateSchema }: PostgresBusOptions): IntegrationBus => {
  const client = randomUUID();
  const onError = (error: unknown) =>
    log?.warn({ error: error instanceof Error ? error.message : String(error) }, 'a connection of the integration bus broke');
  const database = connections({ url, role, silentMs, lines }, onError);
  const recreate = async (): Promise<void> => {
    log?.warn({}, 'the schema of the integration bus is not there; it is made again, and publishers tell everything again');
    await recreateSchema?.();
  };
  // Apart from each other: a publisher must not find a topic that was created anew before it knows that it has to tell everything again,
  // or consumers would skip what comes behind.
  const [topics, heardTopics] = [topicDirectory(database, recreate), topicDirectory(database, recreate)];
  const signals = wakeUps(
    client,
    database,
    { onAdvances: (advances) => membership.onAdvances(advances), onMembers: (group) => membership.onMembers(group) },
    onError,
  );
  const membership = new Membership({
    client,
    connections: database,
    log: partitionLog(database),
    restore: heardTopics.restore,
    leaseMs,
    tellMembers: signals.tellMembers,
  });
  const publisher = publishing(database, topics, (advances) => {
    membership.onAdvances(advances);
    signals.tellAdvances(advances);
  });
  void signals.start();
  let members = 0;
  return {
    ensureTopics: (names, partitions = partitionsPerTopic) => topics.ensure(names, partitions),
    publish: publisher.publish,
    subscribe: async (options) => {
      const entries = await heardTopics.find(options.topics);
      await signals.start();
      members += 1;
      return { stop: await membership.join(options, entries, `${client}/${members}`) };
    },
    lastOfSource: (topic, sourcePrefix) => lastOfSource(database, topic, sourcePrefix),
    // Nothing is ever removed.
    holdsEverything: async () => true,
    lag: (group, names) => lagOf(database, group, names),
    rewind: async (group, topic) => {
      await database.query(
        'rewind',
        'update bus.consumers c set next_offset = 0 from bus.topics t where t.name = $2 and c.topic_no = t.no and c.consumer_group = $1',
        [group, topic],
      );
    },
    close: async () => {
      await membership.close();
      await publisher.idle();
      await signals.stop();
      await database.close();
    },
  };
};

const lastOfSource = async ({ query }: Connections, topic: string, prefix: string): Promise<readonly DeliveredMessage[]> => {
  const rows = await query<{ partition: number; offset: string; message: string }>(
    'last_of_source',
    `select distinct on (l.partition) l.partition, l."offset", m.message
     from bus.topics t
     join bus.last_of_source l on l.topic_no = t.no
     join bus.messages m on m.topic_no = l.topic_no and m.partition = l.partition and m."offset" = l."offset"
     where t.name = $1 and starts_with(l.source, $2)
     order by l.partition, l."offset" desc`,
    [topic, prefix],
  );
  return rows.map(({ partition, offset, message }) => ({ ...(JSON.parse(message) as IntegrationMessage), partition, offset }));
};

const lagOf = async ({ query }: Connections, group: string, topics: readonly string[]): Promise<readonly PartitionLag[]> => {
  const rows = await query<{ topic: string; partition: number; behind: string; oldest: Date | null; next: string }>(
    'lag',
    `select t.name as topic, h.partition, greatest(h.next_offset - r.next_offset, 0) as behind, m.published_at as oldest, r.next_offset as next
     from unnest($2::text[]) with ordinality asked(name, place)
     join bus.topics t on t.name = asked.name
     join bus.partitions h on h.topic_no = t.no
     left join bus.consumers c on c.consumer_group = $1 and c.topic_no = h.topic_no and c.partition = h.partition
     cross join lateral (select coalesce(c.next_offset, 0) as next_offset) r
     left join bus.messages m on m.topic_no = h.topic_no and m.partition = h.partition and m."offset" = r.next_offset
     order by asked.place, h.partition`,
    [group, topics],
  );
  return rows.map(({ topic, partition, behind, oldest, next }) => ({
    topic,
    partition,
    behind: Number(behind),
    oldestUnread: oldest?.toISOString() ?? null,
    next: String(next),
  }));
};
