import { sql, type Queryable } from '@stockproof/sql';
import type { AccountId } from '@stockproof/vocabulary';
import type { StreamKind } from './stock-streams.projection';

/** One stream of an account. `key`: SKU, order or warehouse. */
export type StreamRow = { readonly kind: StreamKind; readonly key: string; readonly position: string; readonly revision: number };
export type StreamPlace = { readonly kind: string; readonly key: string };

/** Accounts that have anything in stock's log; each is one step in the index. */
export const readAccountsOfStock = async (database: Queryable): Promise<readonly AccountId[]> => {
  const rows = await database.query<{ account_id: string }>(
    sql(
      `with recursive accounts as (
         (select account_id from stock_streams_v1 order by account_id limit 1)
         union all
         select (select s.account_id from stock_streams_v1 s where s.account_id > a.account_id order by s.account_id limit 1)
           from accounts a where a.account_id is not null)
       select account_id from accounts where account_id is not null`,
    ),
  );
  return rows.map((row) => row.account_id);
};

/** Streams that changed after a position, in the order in which they did. */
export const readChangedStreams = (
  database: Queryable,
  accountId: AccountId,
  after: string,
  limit: number,
): Promise<readonly StreamRow[]> =>
  database.query<StreamRow>(
    sql(
      `select kind, key, position, revision from stock_streams_v1 where account_id = $1 and position > $2 order by position limit $3`,
      accountId,
      after,
      limit,
    ),
  );

/** All streams, by kind and key. */
export const readStreamsFrom = (
  database: Queryable,
  accountId: AccountId,
  after: StreamPlace | null,
  limit: number,
): Promise<readonly StreamRow[]> =>
  database.query<StreamRow>(
    sql(
      `select kind, key, position, revision from stock_streams_v1
        where account_id = $1 and ($2::text is null or (kind, key) > ($2, $3)) order by kind, key limit $4`,
      accountId,
      after?.kind ?? null,
      after?.key ?? null,
      limit,
    ),
  );

/** How many streams the account has. */
export const countStreams = async (database: Queryable, accountId: AccountId): Promise<number> => {
  const [row] = await database.query<{ count: number }>(
    sql('select count(*) as count from stock_streams_v1 where account_id = $1', accountId),
  );
  return row?.count ?? 0;
};

/** Streams that views have rows of and the list does not know: rows that nothing accounts for. At most `limit` of each kind. */
export const readUnlistedStreams = (
  database: Queryable,
  accountId: AccountId,
  limit: number,
): Promise<readonly Pick<StreamRow, 'kind' | 'key'>[]> =>
  database.query(
    sql(
      `with listed as (select position as upto from projection_checkpoints where view = 'stock-streams' and not building)
       (select distinct 'item' as kind, l.sku_key as key from stock_levels_v1 l, listed
         where l.account_id = $1 and l.position <= listed.upto
           and not exists (select from stock_streams_v1 s where s.account_id = l.account_id and s.kind = 'item' and s.key = l.sku_key) limit $2)
       union all
       (select distinct 'item', b.sku_key from stock_balances_v2 b, listed
         where b.account_id = $1 and b.first_position <= listed.upto
           and not exists (select from stock_streams_v1 s where s.account_id = b.account_id and s.kind = 'item' and s.key = b.sku_key)
           and not exists (select from stock_levels_v1 l where l.account_id = b.account_id and l.sku_key = b.sku_key) limit $2)
       union all
       (select distinct 'allocation', a.order_id from stock_allocations_v2 a, listed
         where a.account_id = $1 and a.position <= listed.upto
           and not exists (select from stock_streams_v1 s where s.account_id = a.account_id and s.kind = 'allocation' and s.key = a.order_id) limit $2)`,
      accountId,
      limit,
    ),
  );
