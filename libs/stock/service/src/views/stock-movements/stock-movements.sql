-- Every change of every quantity, in the order it was recorded, with what each quantity came to by it. A figure at any moment, as known at
-- any moment, is one running balance and the late rows after it.
create table stock_movements_v2 (
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
  -- How late it was heard, as the power of 4 in milliseconds; null where it was not late. What was recorded after a moment and took effect
  -- at or before it took effect less than 4^(lateness + 1) ms before that moment: a short stretch of the index, however long the history.
  lateness smallint,
  total bigint not null,
  unsellable bigint not null,
  allocated bigint not null,
  held bigint not null,
  incoming bigint not null,
  total_after bigint not null,
  unsellable_after bigint not null,
  allocated_after bigint not null,
  held_after bigint not null,
  incoming_after bigint not null,
  actor text not null,
  order_id text,
  reference text,
  reason text,
  note text,
  -- Recorded times never fall along the log, so this is the order of the log too, and finds the place of a moment in it.
  primary key (account_id, recorded_at, position, ordinal)
);
create index stock_movements_v2_by_place on stock_movements_v2 (account_id, sku_key, warehouse_id, position, ordinal);
create index stock_movements_v2_late on stock_movements_v2 (account_id, sku_key, warehouse_id, lateness, effective_at) where lateness is not null;
create index stock_movements_v2_by_order on stock_movements_v2 (account_id, order_id, position) where order_id is not null;
select tenant_table('stock_movements_v2');

-- Where each SKU stands in each physical warehouse: what the next running balance is added to.
create table stock_balances_v2 (
  account_id uuid not null,
  sku_key text not null,
  warehouse_id uuid not null,
  sku text not null,
  total bigint not null,
  unsellable bigint not null,
  allocated bigint not null,
  held bigint not null,
  incoming bigint not null,
  -- Bit n is set where a row has lateness n: the others need not be looked for.
  lateness_seen integer not null,
  first_position text not null,
  first_effective_at timestamptz not null,
  primary key (account_id, sku_key, warehouse_id)
);
select tenant_table('stock_balances_v2');

create table stock_ledger_members_v2 (
  warehouse_id uuid not null,
  member_id uuid not null,
  primary key (warehouse_id, member_id)
);

-- Warehouses that the account could ever use; codes are never given anew.
create table stock_ledger_warehouses_v2 (
  account_id uuid not null,
  warehouse_id uuid not null,
  code text not null,
  kind text not null,
  enabled boolean not null,
  primary key (account_id, warehouse_id)
);
select tenant_table('stock_ledger_warehouses_v2');

-- From where to where in the log a warehouse was a member of a virtual one that the account could use.
create table stock_member_spells_v2 (
  account_id uuid not null,
  warehouse_id uuid not null,
  member_id uuid not null,
  from_position text not null,
  from_recorded_at timestamptz not null,
  until_position text,
  until_recorded_at timestamptz,
  primary key (account_id, warehouse_id, member_id, from_position)
);
select tenant_table('stock_member_spells_v2');
