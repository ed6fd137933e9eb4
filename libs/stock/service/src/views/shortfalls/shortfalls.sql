-- Each time the world took away what was promised: how much was missing then, and whose promises were uncovered.
create table stock_shortfalls_v1 (
  account_id uuid not null,
  position text not null,
  sku_key text not null,
  sku text not null,
  warehouse_id uuid not null,
  missing bigint not null,
  uncovered jsonb not null,
  unlisted bigint not null,
  found_at timestamptz not null,
  primary key (account_id, position)
);
create index stock_shortfalls_v1_by_place on stock_shortfalls_v1 (account_id, sku_key, warehouse_id, position);
select tenant_table('stock_shortfalls_v1');
