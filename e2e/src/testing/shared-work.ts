import { Client } from 'pg';

/** Who works on the allocation of which account, and when it granted: as the bus and the log of stock tell. */
export type SharedWork = {
  /** Account → the member of the group that has its partition now. */
  readonly ownerOf: (accountIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Account → when each of its orders was granted what it asked for, in ms since 1970, in order. */
  readonly grants: (accountIds: readonly string[]) => Promise<ReadonlyMap<string, readonly number[]>>;
  /** The clock that recorded times come from. */
  readonly now: () => Promise<number>;
  readonly close: () => Promise<void>;
};

export const watchSharedWork = async (databaseUrl: string): Promise<SharedWork> => {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  return {
    ownerOf: async (accountIds) => {
      const { rows } = await client.query<{ account: string; member: string }>(
        `select distinct a.account, c.member
           from unnest($1::text[]) a(account)
           join bus.topics t on t.name = 'stockproof.sales.stock-requests.v1'
           join bus.messages m on m.topic_no = t.no and m.message::json ->> 'partitionKey' = a.account
           join bus.consumers c on c.topic_no = t.no and c.partition = m.partition
          where c.member is not null`,
        [accountIds],
      );
      return new Map(rows.map(({ account, member }) => [account, member]));
    },
    grants: async (accountIds) => {
      const { rows } = await client.query<{ account: string; at: number }>(
        `select e.meta ->> 'accountId' as account, (extract(epoch from e.recorded) * 1000)::float8 as at
           from stock.events e where e.type = 'AllocationGranted' and e.meta ->> 'accountId' = any($1) order by e.position`,
        [accountIds],
      );
      return new Map([...Map.groupBy(rows, ({ account }) => account)].map(([account, own]) => [account, own.map(({ at }) => at)]));
    },
    now: async () =>
      Number((await client.query<{ now: number }>('select (extract(epoch from clock_timestamp()) * 1000)::float8 as now')).rows[0]?.now),
    close: () => client.end(),
  };
};

/** The longest time between two grants from `from` on, in ms; the last grant before it counts as the first. */
export const longestPause = (grants: readonly number[], from: number): number => {
  const before = grants.filter((at) => at < from).at(-1) ?? from;
  const all = [before, ...grants.filter((at) => at >= from)];
  return Math.max(0, ...all.slice(1).map((at, index) => at - (all[index] as number)));
};
