-- What warehouses reported beyond all flows that we knew, one row for each SKU and moment; `open` is what nothing has explained since.
create table stock_discrepancies_v1 (
  account_id uuid not null,
  sku_key text not null,
  sku text not null,
  warehouse_id uuid not null,
  taken_at timestamptz not null,
  report_id text,
  residual bigint not null,
  open bigint not null,
  found_at timestamptz not null,
  -- Where it was found first.
  position text not null,
  primary key (account_id, sku_key, warehouse_id, taken_at)
);
create index stock_discrepancies_v1_by_position on stock_discrepancies_v1 (account_id, position, sku_key, warehouse_id, taken_at);
create index stock_discrepancies_v1_open on stock_discrepancies_v1 (account_id, position) where open <> 0;
select tenant_table('stock_discrepancies_v1');
