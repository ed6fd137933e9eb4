import type { DeliveredMessage } from '@stockproof/integration-bus';
import { sql, type Database, type Queryable, type Statement } from '@stockproof/sql';
import type { BatchHandler } from './consumer';
import type { ConsumerLog } from './consumer-metrics';
import { failureOf } from './failure';

export type ReplaySurroundings = {
  readonly database: Database;
  readonly isTransient: (error: unknown) => boolean;
  readonly log: ConsumerLog;
  /** The handler of a group for a topic, or undefined when this process has none. */
  readonly handlerOf: (group: string, topic: string) => BatchHandler | undefined;
};

type Key = { readonly group: string; readonly orderingKey: string };
type Request = {
  readonly consumer_group: string;
  readonly ordering_key: string;
  readonly request: 'replay' | 'skip';
  readonly requested_by: string;
  readonly request_reason: string | null;
};
type Waiting = { readonly place: number; readonly message: DeliveredMessage };

/** What became of a request: all done, stuck on a message again, or to be tried again later. */
export type Replayed = 'freed' | 'stuck' | 'later';

/** Does what operators asked about parked keys. Calls at the same time, also in several processes, do no harm: each event leaves once. */
export const answerRequests = async (around: ReplaySurroundings): Promise<number> => {
  const requests = await around.database.query<Request>(
    sql(
      'select consumer_group, ordering_key, request, requested_by, request_reason from parked_keys where request is not null order by requested_at limit 100',
    ),
  );
  for (const request of requests) {
    const key = { group: request.consumer_group, orderingKey: request.ordering_key };
    if (request.request === 'skip') await skipFirst(around.database, key, request);
    const outcome = await replayKey(around, key);
    around.log.info({ ...key, request: request.request, by: request.requested_by, outcome }, 'a parked key was tried again');
  }
  return requests.length;
};

/** Gives up the message at fault; what waits behind it is to be replayed. */
const skipFirst = (database: Database, key: Key, { requested_by, request_reason }: Request): Promise<void> =>
  database.transaction(async (tx) => {
    // Whoever holds the key's row does the skip; a second worker finds the request turned into a replay.
    const [held] = await tx.query(
      sql(
        "update parked_keys set request = 'replay' where consumer_group = $1 and ordering_key = $2 and request = 'skip' returning 1 as held",
        key.group,
        key.orderingKey,
      ),
    );
    const first = held ? await firstWaiting(tx, key) : undefined;
    if (!first) return;
    await tx.query(
      sql(
        `insert into skipped_events (consumer_group, ordering_key, message, failure, skipped_by, skip_reason)
         select consumer_group, ordering_key, $3::json, reason, $4, $5 from parked_keys where consumer_group = $1 and ordering_key = $2`,
        key.group,
        key.orderingKey,
        JSON.stringify(first.message),
        requested_by,
        request_reason ?? '',
      ),
    );
    await removeWaiting(tx, key, first);
  });

/** Handles a key's waiting events in order, past the checkpoint check: they lie below it. Each leaves together with its rows. */
export const replayKey = async (around: ReplaySurroundings, key: Key): Promise<Replayed> => {
  for (;;) {
    const next = await firstWaiting(around.database, key);
    if (!next) {
      if (await freeKey(around.database, key)) return 'freed';
      continue;
    }
    const handler = around.handlerOf(key.group, next.message.topic);
    if (!handler) return 'later';
    try {
      await replayOne(around.database, key, next, handler);
    } catch (error) {
      return stuck(around, key, error);
    }
  }
};

const replayOne = async (database: Database, key: Key, next: Waiting, handler: BatchHandler): Promise<void> => {
  const { topic, partition } = next.message;
  const context = { owns: () => true, heartbeat: async () => undefined };
  const statements = (await handler({ topic, partition, messages: [next.message], context })) ?? [];
  await database.transaction((tx) => commitReplayed(tx, key, next, statements));
};

const commitReplayed = async (tx: Queryable, key: Key, next: Waiting, statements: readonly Statement[]): Promise<void> => {
  if (!(await removeWaiting(tx, key, next))) return; // another worker was faster, and has committed the rows
  for (const statement of statements) await tx.query(statement);
};

const stuck = async ({ database, isTransient }: ReplaySurroundings, { group, orderingKey }: Key, error: unknown): Promise<Replayed> => {
  const failure = failureOf(error, isTransient);
  if (failure.kind === 'world') return 'later';
  await database.query(
    sql(
      'update parked_keys set request = null, reason = $3, last_tried_at = now() where consumer_group = $1 and ordering_key = $2',
      group,
      orderingKey,
      failure.reason,
    ),
  );
  return 'stuck';
};

const firstWaiting = async (database: Queryable, { group, orderingKey }: Key): Promise<Waiting | undefined> => {
  const [first] = await database.query<Waiting>(
    sql(
      'select place, message from parked_events where consumer_group = $1 and ordering_key = $2 order by place limit 1',
      group,
      orderingKey,
    ),
  );
  return first;
};

const removeWaiting = async (tx: Queryable, { group, orderingKey }: Key, { place }: Waiting): Promise<boolean> => {
  const rows = await tx.query(
    sql(
      'delete from parked_events where consumer_group = $1 and ordering_key = $2 and place = $3 returning place',
      group,
      orderingKey,
      place,
    ),
  );
  return rows.length > 0;
};

/** False: an event of the key came while the last one was handled. The consumer that brings it holds the key's row until it has committed. */
const freeKey = (database: Database, { group, orderingKey }: Key): Promise<boolean> =>
  database.transaction(async (tx) => {
    await tx.query(sql('select from parked_keys where consumer_group = $1 and ordering_key = $2 for update', group, orderingKey));
    if (await firstWaiting(tx, { group, orderingKey })) return false;
    await tx.query(sql('delete from parked_keys where consumer_group = $1 and ordering_key = $2', group, orderingKey));
    return true;
  });
