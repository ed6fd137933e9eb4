-- Which order had which units, from when to when: one row per part of an allocation that ended together, and one for what is still open.
create table stock_promises_v1 (
  account_id uuid not null,
  sku_key text not null,
  sku text not null,
  warehouse_id uuid not null,
  allocation_id text not null,
  order_id text not null,
  attempt integer not null,
  line_id text not null,
  shipment_id text not null,
  kind text not null check (kind in ('allocated', 'held')),
  quantity bigint not null,
  from_position text not null,
  from_at timestamptz not null,
  until_position text,
  until_at timestamptz,
  until_recorded_at timestamptz,
  ended_by text,
  -- The earlier of both: what left is sometimes said to have left before it was promised.
  since timestamptz not null,
  -- From `since` until its end was recorded, as the power of 4 in milliseconds; null while it is open.
  lasted smallint,
  unique nulls not distinct (account_id, sku_key, allocation_id, from_position, until_position)
);
create index stock_promises_v1_open on stock_promises_v1 (account_id, sku_key, order_id, attempt) where until_position is null;
create index stock_promises_v1_standing on stock_promises_v1 (account_id, sku_key, warehouse_id, since) where until_position is null;
create index stock_promises_v1_ended on stock_promises_v1 (account_id, sku_key, warehouse_id, lasted, since) where until_position is not null;
select tenant_table('stock_promises_v1');
