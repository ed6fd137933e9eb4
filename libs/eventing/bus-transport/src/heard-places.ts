import { setTimeout as pause } from 'node:timers/promises';
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
  readonly log: Pick<ConsumerLog, 'warn' | 'error'>;
  readonly metrics: ConsumerMetrics;
  readonly isTransient: (error: unknown) => boolean;
};

/** A bus that has made its topics a moment ago, or is just starting itself, cannot say yet how far groups have read. */
const busPatienceMs = 60_000;
const askAgainMs = 250;

const howFarOnBus = async ({ bus, log, isTransient }: Around, group: string, topic: string): ReturnType<IntegrationBus['lag']> => {
  const deadline = performance.now() + busPatienceMs;
  for (let asked = 1; ; asked += 1)
    try {
      return await bus.lag(group, [topic]);
    } catch (error) {
      if (!isTransient(error) || performance.now() > deadline) throw error;
      if (asked === 1)
        log.warn({ group, topic, error: String(error) }, 'the bus cannot say yet how far a group has read; it is asked again');
      await pause(askAgainMs);
    }
};

/**
 * Before a group listens: where the bus says that it has read further than this database knows, the database was restored, and what was
 * heard since its backup is lost with it. The group hears the topic from its start again and skips what the database still knows.
 */
export const hearAgainAfterRestore = async (around: Around, group: string, topic: string): Promise<void> => {
  const { bus, database, log, metrics } = around;
  const rows = await database.query<Heard>(
    sql('select partition, next_offset::text from heard_places where consumer_group = $1 and topic = $2', group, topic),
  );
  const known = new Map(rows.map((row) => [row.partition, BigInt(row.next_offset)]));
  const ahead = (await howFarOnBus(around, group, topic)).filter(({ partition, next }) => BigInt(next) > (known.get(partition) ?? 0n));
  if (ahead.length === 0) return;
  log.error(
    { group, topic, partitions: ahead.map(({ partition }) => partition) },
    'the database is older than what this group has read: it was restored, and everything is heard again',
  );
  metrics.heardAgain(group, topic);
  await bus.rewind(group, topic);
};
