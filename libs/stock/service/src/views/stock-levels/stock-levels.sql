-- What there is of each SKU in each warehouse. Virtual warehouses are rows of the same table, summed from their members whenever a
-- member or the membership changes, in the same transaction: never counted, never promised on.
create table stock_levels_v1 (
  account_id uuid not null,
  sku_key text not null,
  sku text not null,
  warehouse_id uuid not null,
  kind text not null check (kind in ('physical', 'virtual')),
  total bigint not null,
  unsellable bigint not null,
  allocated bigint not null,
  held bigint not null,
  incoming bigint not null,
  available bigint not null generated always as (total - unsellable - allocated - held) stored,
  -- What may be told to a sales channel: an oversold member neither hides nor is covered by the others.
  publishable bigint not null,
  -- The place in the log up to which the row is true.
  position text not null,
  primary key (account_id, sku_key, warehouse_id)
);
select tenant_table('stock_levels_v1');

create table stock_members_v1 (
  warehouse_id uuid not null,
  member_id uuid not null,
  primary key (warehouse_id, member_id)
);

create table stock_warehouses_v1 (
  account_id uuid not null,
  warehouse_id uuid not null,
  code text not null,
  kind text not null,
  primary key (account_id, warehouse_id)
);
select tenant_table('stock_warehouses_v1');
