-- Every change of every quantity, with when it happened and when it was recorded: figures at any moment are sums of these.
create table stock_movements_v1 (
  account_id uuid not null,
  position text not null,
  ordinal integer not null,
  event_id uuid not null,
  sku_key text not null,
  sku text not null,
  warehouse_id uuid not null,
  cause text not null,
  effective_at timestamptz not null,
  recorded_at timestamptz not null,
  total bigint not null,
  unsellable bigint not null,
  allocated bigint not null,
  held bigint not null,
  incoming bigint not null,
  actor text not null,
  order_id text,
  reference text,
  reason text,
  primary key (account_id, position, ordinal)
);
create index stock_movements_v1_by_sku on stock_movements_v1 (account_id, sku_key, position, ordinal);
select tenant_table('stock_movements_v1');
