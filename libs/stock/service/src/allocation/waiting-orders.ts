import { sql, type Queryable, type Statement } from '@stockproof/sql';
import { attemptKey, byAge, type Wanted } from '@stockproof/stock-domain';
import { skuKey, type AccountId, type Instant, type Sku, type SkuKey } from '@stockproof/vocabulary';
import type { AttemptResult } from './attempt-try';

/** An attempt that waits, as the list remembers it. What it wants, its own stream knows. */
export type WaitingMark = { readonly orderId: string; readonly attempt: number };

/** A row of the list: what an order's place among the waiting follows from. */
export type WaitingRow = WaitingMark & { readonly orderDate: Instant; readonly arrivedAt: Instant };

/** The list of waiting orders, as last committed. */
export type WaitingList = { readonly rowsFor: (accountId: AccountId, skuKeys: readonly SkuKey[]) => Promise<readonly WaitingRow[]> };

export const waitingList = (database: Queryable): WaitingList => ({
  rowsFor: async (accountId, skuKeys) => {
    const rows = await database.query<{ order_id: string; attempt: number; order_date: Instant; arrived_at: Instant }>(
      sql(
        'select order_id, attempt, order_date, arrived_at from waiting_orders where account_id = $1 and skus && $2::text[]',
        accountId,
        skuKeys,
      ),
    );
    return rows.map((row) => ({ orderId: row.order_id, attempt: row.attempt, orderDate: row.order_date, arrivedAt: row.arrived_at }));
  },
});

/** How many attempts of all accounts wait, and since when the first of them. */
export const countWaiting = async (database: Queryable): Promise<{ readonly count: number; readonly oldest: Instant | null }> => {
  const [row] = await database.query<{ count: number; oldest: Instant | null }>(
    sql('select count(*)::int as count, min(arrived_at) as oldest from waiting_orders'),
  );
  return row ?? { count: 0, oldest: null };
};

/**
 * Who waits for any of these SKUs, oldest first: order date, then arrival. `ofThisBatch`: what the batch in hand has found out and
 * not yet committed; it knows better than the rows.
 */
export const waitingFor = async (
  list: WaitingList,
  accountId: AccountId,
  skus: readonly Sku[],
  ofThisBatch: readonly AttemptResult[],
): Promise<readonly WaitingMark[]> => {
  const keys = skus.map(skuKey);
  const marks = new Map((await list.rowsFor(accountId, keys)).map((row) => [attemptKey(row), row]));
  for (const { orderId, attempt, waits } of ofThisBatch) {
    marks.delete(attemptKey({ orderId, attempt }));
    if (waits?.lines.some((line) => keys.includes(skuKey(line.sku))))
      marks.set(attemptKey({ orderId, attempt }), { orderId, attempt, orderDate: waits.orderDate, arrivedAt: waits.arrivedAt });
  }
  return [...marks.values()].sort(byAge);
};

/**
 * The rows that a batch leaves, committed together with its checkpoint: a mark only goes with the outcome, so no order is ever
 * forgotten; one mark too many costs one look.
 */
export const markStatements = (accountId: AccountId, results: readonly AttemptResult[]): readonly Statement[] => {
  const last = [...new Map(results.map((each) => [attemptKey(each), each])).values()];
  const gone = last.filter(({ waits }) => waits === null);
  const waiting = last.flatMap(({ orderId, attempt, waits }) => (waits === null ? [] : [{ orderId, attempt, waits }]));
  return [...(gone.length === 0 ? [] : [removed(accountId, gone)]), ...waiting.map((each) => waits(accountId, each))];
};

const removed = (accountId: AccountId, marks: readonly WaitingMark[]): Statement =>
  sql(
    'delete from waiting_orders where account_id = $1 and (order_id, attempt) in (select * from unnest($2::text[], $3::int[]))',
    accountId,
    marks.map(({ orderId }) => orderId),
    marks.map(({ attempt }) => attempt),
  );

const waits = (accountId: AccountId, { orderId, attempt, waits: wanted }: WaitingMark & { readonly waits: Wanted }): Statement =>
  sql(
    `insert into waiting_orders (account_id, order_id, attempt, order_date, arrived_at, skus) values ($1, $2, $3, $4, $5, $6::text[])
     on conflict (account_id, order_id, attempt) do update set skus = excluded.skus, order_date = excluded.order_date`,
    accountId,
    orderId,
    attempt,
    wanted.orderDate,
    wanted.arrivedAt,
    [...new Set(wanted.lines.map((line) => skuKey(line.sku)))],
  );
