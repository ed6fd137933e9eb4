-- What shops are told of their orders, and what they answered. A row that is due is what is still to be told.
create table sales_shop_updates_v1 (
  account_id uuid not null,
  order_id uuid not null,
  telling integer not null,
  channel_id uuid not null,
  order_number text not null,
  update jsonb not null,
  due_at timestamptz not null,
  outcome text not null,
  answered_at timestamptz,
  external_id text,
  reason text,
  warnings jsonb not null,
  primary key (account_id, order_id, telling)
);
create index sales_shop_updates_v1_due on sales_shop_updates_v1 (account_id, channel_id, due_at) where outcome = 'due';
select tenant_table('sales_shop_updates_v1');
