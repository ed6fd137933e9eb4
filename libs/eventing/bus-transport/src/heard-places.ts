import type { IntegrationBus } from '@stockproof/integration-bus';
import { sql, type Queryable } from '@stockproof/sql';
import type { ConsumerLog, ConsumerMetrics } from './consumer-metrics';
import type { PartitionId } from './consumer-rows';

/** Notes that a group has dealt with everything before this offset. */
export const noteHeard = async (database: Queryable, { group, topic, partition }: PartitionId, next: bigint): Promise<void> => {
  await database.query(
    sql(
      `insert into heard_places (consumer_group, topic, partition, next_offset) values ($1, $2, $3, $4)
       on conflict (consumer_group, topic, partition) do update set next_offset = excluded.next_offset`,
      ...[group, topic, partition, String(next)],
    ),
  );
};

type Heard = { readonly partition: number; readonly next_offset: string };

type Around = {
  readonly bus: Pick<IntegrationBus, 'lag' | 'rewind'>;
  readonly database: Queryable;
  readonly log: ConsumerLog;
  readonly metrics: ConsumerMetrics;
};

/**
 * Before a group listens: where the bus says that it has read further than this database knows, the database was restored, and what was
 * heard since its backup is lost with it. The group hears the topic from its start again and skips what the database still knows.
 */
export const hearAgainAfterRestore = async ({ bus, database, log, metrics }: Around, group: string, topic: string): Promise<void> => {
  const rows = await database.query<Heard>(
    sql('select partition, next_offset::text from heard_places where consumer_group = $1 and topic = $2', group, topic),
  );
  const known = new Map(rows.map((row) => [row.partition, BigInt(row.next_offset)]));
  const ahead = (await bus.lag(group, [topic])).filter(({ partition, next }) => BigInt(next) > (known.get(partition) ?? 0n));
  if (ahead.length === 0) return;
  log.error(
    { group, topic, partitions: ahead.map(({ partition }) => partition) },
    'the database is older than what this group has read: it was restored, and everything is heard again',
  );
  metrics.heardAgain(group, topic);
  await bus.rewind(group, topic);
};
