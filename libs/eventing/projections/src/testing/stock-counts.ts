import { sql } from '@stockproof/sql';
import type { Projection } from '../projection';

/** A view for the tests of this project: the sum of counts by stream, and every event once. */
export const stockCounts = (version = 1): Projection => ({
  name: 'stock-counts',
  version,
  ddl: `
    create table stock_counts_v${version} (account_id uuid not null, stream text not null, total bigint not null, seen bigint not null, primary key (account_id, stream));
    create index stock_counts_v${version}_total on stock_counts_v${version} (account_id, total);
    select tenant_table('stock_counts_v${version}')`,
  handles: ['StockCounted'],
  project: (events) => {
    const sums = new Map<string, { account: string | null; stream: string; total: number; seen: number }>();
    for (const { stream, meta, data } of events) {
      const sum = sums.get(stream) ?? { account: meta.accountId, stream, total: 0, seen: 0 };
      sums.set(stream, { ...sum, total: sum.total + Number(data['quantity']), seen: sum.seen + 1 });
    }
    const rows = [...sums.values()];
    return [
      sql(
        `insert into stock_counts_v${version} as c select * from unnest($1::uuid[], $2::text[], $3::bigint[], $4::bigint[])
         on conflict (account_id, stream) do update set total = c.total + excluded.total, seen = c.seen + excluded.seen`,
        rows.map(({ account }) => account),
        rows.map(({ stream }) => stream),
        rows.map(({ total }) => total),
        rows.map(({ seen }) => seen),
      ),
    ];
  },
});

/** Each event as a row; a second delivery of one, or a number above its limit, is an error of the database. */
export const journal = (limit = 1_000_000_000): Projection => ({
  name: 'journal',
  version: 1,
  ddl: `create table journal_v1 (account_id uuid not null, event_id uuid primary key, quantity bigint check (quantity < ${limit})); select tenant_table('journal_v1')`,
  handles: ['StockCounted'],
  project: (events) => [
    sql(
      'insert into journal_v1 select * from unnest($1::uuid[], $2::uuid[], $3::bigint[])',
      events.map(({ meta }) => meta.accountId),
      events.map(({ id }) => id),
      events.map(({ data }) => data['quantity']),
    ),
  ],
});
