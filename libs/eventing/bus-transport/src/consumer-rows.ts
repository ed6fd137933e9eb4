import type { DeliveredMessage } from '@stockproof/integration-bus';
import { sql, type Queryable } from '@stockproof/sql';
import { Overtaken } from './failure';
import type { Checkpoint, Checkpoints, Parked } from './plan';

export type PartitionId = { readonly group: string; readonly topic: string; readonly partition: number };

type CheckpointRow = { readonly source: string; readonly source_position: string; readonly ordinal: number; readonly message_id: string };

export const loadCheckpoints = async (database: Queryable, { group, topic, partition }: PartitionId): Promise<Map<string, Checkpoint>> => {
  const rows = await database.query<CheckpointRow>(
    sql(
      'select source, source_position, ordinal, message_id from consumer_checkpoints where consumer_group = $1 and topic = $2 and partition = $3 order by moved_at',
      group,
      topic,
      partition,
    ),
  );
  return new Map(rows.map((row) => [row.source, { sourcePosition: row.source_position, ordinal: row.ordinal, messageId: row.message_id }]));
};

/** Which of these keys are parked. `hold`: they stay as they are until the transaction ends. */
export const parkedAmong = async (
  database: Queryable,
  group: string,
  keys: ReadonlySet<string>,
  hold: boolean,
): Promise<ReadonlySet<string>> => {
  const rows = await database.query<{ ordering_key: string }>(
    sql(
      `select ordering_key from parked_keys where consumer_group = $1 and ordering_key = any($2)${hold ? ' order by ordering_key for share' : ''}`,
      group,
      [...keys],
    ),
  );
  return new Set(rows.map((row) => row.ordering_key));
};

/** Moves checkpoints from exactly where this process knew them; throws `Overtaken`, and so undoes the transaction, where another moved them. */
export const moveCheckpoints = async (
  tx: Queryable,
  { group, topic, partition }: PartitionId,
  known: Checkpoints,
  moved: Checkpoints,
): Promise<void> => {
  if (moved.size === 0) return;
  const entries = [...moved];
  const rows = await tx.query(
    sql(
      `insert into consumer_checkpoints as c (consumer_group, topic, partition, source, source_position, ordinal, message_id)
       select $1, $2, $3, u.source, u.source_position, u.ordinal, u.message_id
       from unnest($4::text[], $5::text[], $6::int[], $7::text[]) u(source, source_position, ordinal, message_id)
       on conflict (consumer_group, topic, partition, source) do update
       set source_position = excluded.source_position, ordinal = excluded.ordinal, message_id = excluded.message_id, moved_at = now()
       where exists (
         select from unnest($4::text[], $8::text[], $9::int[]) k(source, source_position, ordinal)
         where k.source = c.source and k.source_position = c.source_position and k.ordinal = c.ordinal
       )
       returning source`,
      group,
      topic,
      partition,
      entries.map(([source]) => source),
      entries.map(([, { sourcePosition }]) => sourcePosition),
      entries.map(([, { ordinal }]) => ordinal),
      entries.map(([, { messageId }]) => messageId),
      entries.map(([source]) => known.get(source)?.sourcePosition ?? null),
      entries.map(([source]) => known.get(source)?.ordinal ?? null),
    ),
  );
  if (rows.length !== entries.length) throw new Overtaken(`another instance moved ${group} on ${topic}/${partition}`);
};

/** Puts messages behind those of their keys that already wait. */
export const insertParked = async (tx: Queryable, group: string, parked: readonly Parked[]): Promise<void> => {
  const faults = parked.flatMap(({ message, reason }) => (reason === null ? [] : [{ message, reason }]));
  if (faults.length > 0) {
    await tx.query(
      sql(
        `insert into parked_keys (consumer_group, ordering_key, organization_id, account_id, reason)
         select $1, u.* from unnest($2::text[], $3::text[], $4::text[], $5::text[]) u on conflict (consumer_group, ordering_key) do nothing`,
        group,
        faults.map(({ message }) => message.orderingKey),
        faults.map(({ message }) => message.organizationId),
        faults.map(({ message }) => message.accountId),
        faults.map(({ reason }) => reason),
      ),
    );
  }
  if (parked.length > 0) {
    await tx.query(
      sql(
        `insert into parked_events (consumer_group, ordering_key, message)
         select $1, u.key, u.message from unnest($2::text[], $3::json[]) with ordinality u(key, message, place) order by u.place`,
        group,
        parked.map(({ message }) => message.orderingKey),
        parked.map(({ message }) => JSON.stringify(message)),
      ),
    );
  }
};

export const keysOf = (messages: readonly DeliveredMessage[]): ReadonlySet<string> =>
  new Set(messages.map(({ orderingKey }) => orderingKey));
