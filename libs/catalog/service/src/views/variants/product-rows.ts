import type { ProductEvent } from '@stockproof/catalog-domain';
import type { RecordedEvent } from '@stockproof/event-store';
import { sql, type Statement } from '@stockproof/sql';
import { skuKey } from '@stockproof/vocabulary';

/** Products as they were last described; their variants have changed with them. */
export const productStatements = (events: readonly RecordedEvent[]): readonly Statement[] => {
  const last = new Map(events.map((event) => [event.stream, rowOf(event)]));
  const rows = [...last.values()];
  if (rows.length === 0) return [];
  const [accounts, keys, positions] = [rows.map((row) => row.accountId), rows.map((row) => row.key), rows.map((row) => row.position)];
  return [
    sql(
      `insert into products_v2 (account_id, product_key, product_id, title, refs, revision, position)
       select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::jsonb[], $6::integer[], $7::text[])
       on conflict (account_id, product_key) do update set title = excluded.title, refs = excluded.refs, revision = excluded.revision, position = excluded.position`,
      accounts,
      keys,
      rows.map((row) => row.productId),
      rows.map((row) => row.title),
      rows.map((row) => JSON.stringify(row.references)),
      rows.map((row) => row.revision),
      positions,
    ),
    sql(
      `update variants_v2 v set position = greatest(v.position, u.position)
         from unnest($1::uuid[], $2::text[], $3::text[]) u(account_id, product_key, position)
        where v.account_id = u.account_id and v.product_key = u.product_key`,
      accounts,
      keys,
      positions,
    ),
  ];
};

const rowOf = ({ type, data, meta, revision, position }: RecordedEvent) => {
  const { productId, title, references } = ({ type, data } as ProductEvent).data;
  return { accountId: meta.accountId, key: skuKey(productId), productId, title, references, revision, position };
};
