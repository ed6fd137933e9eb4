import { sql, type Queryable } from '@stockproof/sql';

/** What a consumer group has parked, of all accounts together. */
export type ParkedStanding = {
  readonly group: string;
  readonly keys: number;
  readonly events: number;
  /** Since the key that waits longest was parked. */
  readonly oldestSeconds: number;
};

/** How much is parked in this service, by group; groups that have parked nothing are left out. `database`: its writer or worker. */
export const parkedStandings = (database: Queryable): Promise<readonly ParkedStanding[]> =>
  database.query<ParkedStanding>(
    sql(
      `select k.consumer_group as "group", count(*)::int as keys,
              (select count(*) from parked_events e where e.consumer_group = k.consumer_group)::int as events,
              extract(epoch from now() - min(k.parked_at))::float8 as "oldestSeconds"
         from parked_keys k group by k.consumer_group order by k.consumer_group`,
    ),
  );

/** The accounts that these groups have parked something of; null: something that belongs to none. `database`: its writer or worker. */
export const accountsWithParked = async (database: Queryable, groups: readonly string[]): Promise<ReadonlySet<string | null>> => {
  const rows = await database.query<{ account: string | null }>(
    sql('select distinct account_id as account from parked_keys where consumer_group = any($1)', groups),
  );
  return new Set(rows.map(({ account }) => account));
};
