-- Orders as they came in, with what keeps them from being taken.
create table incoming_orders_v1 (
  account_id uuid not null,
  order_id uuid not null,
  channel_id uuid,
  order_number text,
  way text not null,
  state text not null,
  shop_state text not null,
  placed_at timestamptz,
  received_at timestamptz not null,
  effect text,
  reason text,
  problems jsonb not null,
  warnings jsonb not null,
  content jsonb not null,
  revision integer not null,
  position text not null,
  primary key (account_id, order_id)
);
create index incoming_orders_v1_by_position on incoming_orders_v1 (account_id, position);
select tenant_table('incoming_orders_v1');
