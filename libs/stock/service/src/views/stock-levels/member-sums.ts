import { sql, type Statement } from '@stockproof/sql';

const sumOfMembers = `
  insert into stock_levels_v1 (account_id, sku_key, sku, warehouse_id, kind, total, unsellable, allocated, held, incoming, publishable, position)
  select t.account_id, t.sku_key, min(l.sku), w.warehouse_id, 'virtual', sum(l.total), sum(l.unsellable), sum(l.allocated), sum(l.held), sum(l.incoming),
         sum(l.publishable), max(l.position)
    from touched t
    join stock_warehouses_v1 w on w.account_id = t.account_id and w.kind = 'virtual'
    join stock_members_v1 m on m.warehouse_id = w.warehouse_id
    join stock_levels_v1 l on l.account_id = t.account_id and l.sku_key = t.sku_key and l.warehouse_id = m.member_id and l.kind = 'physical'
   group by t.account_id, t.sku_key, w.warehouse_id
  on conflict (account_id, sku_key, warehouse_id) do update set
    total = excluded.total, unsellable = excluded.unsellable, allocated = excluded.allocated, held = excluded.held, incoming = excluded.incoming,
    publishable = excluded.publishable, position = excluded.position`;

/** The virtual levels of these SKUs, from their members as they stand now. */
export const sumMembers = (touched: readonly { readonly accountId: string; readonly key: string }[]): Statement =>
  sql(
    `with touched as (select * from unnest($1::uuid[], $2::text[]) u(account_id, sku_key)) ${sumOfMembers}`,
    touched.map((each) => each.accountId),
    touched.map((each) => each.key),
  );

/** Every level of every account that uses one of these virtual warehouses, summed anew. */
export const sumMembersAnew = (virtualIds: readonly string[]): readonly Statement[] => [
  sql(`delete from stock_levels_v1 where kind = 'virtual' and warehouse_id = any($1::uuid[])`, virtualIds),
  sql(
    `with touched as (
       select distinct l.account_id, l.sku_key from stock_levels_v1 l
         join stock_warehouses_v1 w on w.account_id = l.account_id and w.warehouse_id = any($1::uuid[])
        where l.kind = 'physical') ${sumOfMembers}`,
    virtualIds,
  ),
];
