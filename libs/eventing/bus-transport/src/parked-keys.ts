import type { DeliveredMessage } from '@stockproof/integration-bus';
import { sql, type Queryable } from '@stockproof/sql';
import type { Instant } from '@stockproof/vocabulary';

/** An ordering key that waits, as operators see it. */
export type ParkedKey = {
  readonly group: string;
  readonly orderingKey: string;
  readonly accountId: string | null;
  /** Why the message at fault could not be handled. */
  readonly reason: string;
  readonly parkedAt: Instant;
  readonly events: number;
  /** The message at fault, and the first of those that wait. */
  readonly first: {
    readonly id: string;
    readonly type: string;
    readonly topic: string;
    readonly subject: string;
    readonly sequence: number;
  } | null;
  /** What was asked for and is not done yet. */
  readonly request: 'replay' | 'skip' | null;
  readonly lastTriedAt: Instant | null;
};

export type WaitingMessage = NonNullable<ParkedKey['first']> & { readonly time: Instant; readonly parkedAt: Instant };

export type ParkedKeys = {
  /** In the order of group and key, after a place. `everyone`: for operators of the installation, keys of no account included. */
  readonly list: (
    accountId: string | typeof everyone,
    options?: { readonly after?: ParkedKeyPlace | null; readonly limit?: number },
  ) => Promise<readonly ParkedKey[]>;
  /** What waits behind a key, the message at fault first, without its data: they may be somebody's. */
  readonly waiting: (key: ParkedKeyPlace, limit: number) => Promise<readonly WaitingMessage[]>;
  /** Asks the worker to handle the waiting events again, in order. False: no such key of this account. */
  readonly replay: (key: ParkedKeyId, by: string) => Promise<boolean>;
  /** Asks the worker to give up the message at fault, for a reason that is kept, and to handle the others, in order. */
  readonly skip: (key: ParkedKeyId, by: string, reason: string) => Promise<boolean>;
};

export type ParkedKeyPlace = { readonly group: string; readonly orderingKey: string };

/** `accountId`: the one that the key must belong to; null for a key that belongs to none. */
export type ParkedKeyId = ParkedKeyPlace & { readonly accountId: string | null };

/** All accounts, and what belongs to none. */
export const everyone = Symbol('everyone');

type Row = {
  readonly consumer_group: string;
  readonly ordering_key: string;
  readonly account_id: string | null;
  readonly reason: string;
  readonly parked_at: Instant;
  readonly events: number;
  readonly first: DeliveredMessage | null;
  readonly request: 'replay' | 'skip' | null;
  readonly last_tried_at: Instant | null;
};

/** Parked keys as seen and asked about by operators. `database`: the service's writer (HTTP) or worker. */
export const parkedKeys = ({ database }: { readonly database: Queryable }): ParkedKeys => {
  const ask = async (
    { accountId, group, orderingKey }: ParkedKeyId,
    request: 'replay' | 'skip',
    by: string,
    reason: string | null,
  ): Promise<boolean> => {
    const rows = await database.query(
      sql(
        `update parked_keys set request = $4, requested_by = $5, requested_at = now(), request_reason = $6
         where consumer_group = $1 and ordering_key = $2 and account_id is not distinct from $3 returning 1 as asked`,
        group,
        orderingKey,
        accountId,
        request,
        by,
        reason,
      ),
    );
    return rows.length > 0;
  };
  return {
    list: async (accountId, { after = null, limit = 100 } = {}) => {
      const rows = await database.query<Row>(
        sql(
          `select k.consumer_group, k.ordering_key, k.account_id, k.reason, k.parked_at, k.request, k.last_tried_at,
             (select count(*) from parked_events e where e.consumer_group = k.consumer_group and e.ordering_key = k.ordering_key) as events,
             (select e.message from parked_events e where e.consumer_group = k.consumer_group and e.ordering_key = k.ordering_key order by e.place limit 1) as first
           from parked_keys k
           where ($1::text is null or k.account_id = $1) and ($2::text is null or (k.consumer_group, k.ordering_key) > ($2::text, $3::text))
           order by k.consumer_group, k.ordering_key limit $4`,
          accountId === everyone ? null : accountId,
          after?.group ?? null,
          after?.orderingKey ?? null,
          limit,
        ),
      );
      return rows.map(parkedKeyOf);
    },
    waiting: async ({ group, orderingKey }, limit) => {
      const rows = await database.query<{ message: DeliveredMessage; parked_at: Instant }>(
        sql(
          'select message, parked_at from parked_events where consumer_group = $1 and ordering_key = $2 order by place limit $3',
          group,
          orderingKey,
          limit,
        ),
      );
      return rows.map(({ message: { id, type, topic, subject, sequence, time }, parked_at }) => ({
        ...{ id, type, topic, subject, sequence, time },
        parkedAt: parked_at,
      }));
    },
    replay: (key, by) => ask(key, 'replay', by, null),
    skip: (key, by, reason) => ask(key, 'skip', by, reason),
  };
};

const parkedKeyOf = (row: Row): ParkedKey => ({
  group: row.consumer_group,
  orderingKey: row.ordering_key,
  accountId: row.account_id,
  reason: row.reason,
  parkedAt: row.parked_at,
  events: row.events,
  first: row.first && {
    id: row.first.id,
    type: row.first.type,
    topic: row.first.topic,
    subject: row.first.subject,
    sequence: row.first.sequence,
  },
  request: row.request,
  lastTriedAt: row.last_tried_at,
});
