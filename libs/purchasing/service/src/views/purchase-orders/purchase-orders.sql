-- Purchase orders as people list them, with what came of each line.
create table purchase_orders_v1 (
  account_id uuid not null,
  purchase_order_id uuid not null,
  number text not null,
  supplier_code text not null,
  supplier_name text not null,
  warehouse_id uuid not null,
  expected_at timestamptz,
  reference text,
  status text not null,
  -- The last receipt left something open, and so far nobody has ended the order.
  short_received boolean not null default false,
  -- What a person should look at: warnings of receipts, and lines that were not understood.
  warnings jsonb not null default '[]',
  ended_reason text,
  created_at timestamptz not null,
  revision integer not null,
  position text not null,
  primary key (account_id, purchase_order_id)
);
create index purchase_orders_v1_by_position on purchase_orders_v1 (account_id, position);
select tenant_table('purchase_orders_v1');

create table purchase_order_lines_v1 (
  account_id uuid not null,
  purchase_order_id uuid not null,
  line_id text not null,
  place integer not null,
  sku text not null,
  quantity bigint not null,
  received bigint not null default 0,
  lot text,
  serial text,
  primary key (account_id, purchase_order_id, line_id)
);
select tenant_table('purchase_order_lines_v1');

create table purchase_order_receipts_v1 (
  account_id uuid not null,
  purchase_order_id uuid not null,
  position text not null,
  place integer not null,
  -- Empty where a person marked the order as received.
  receipt_id text,
  line text not null,
  -- Empty with a reason where no line of the order explains it.
  line_id text,
  not_booked_because text,
  sku text not null,
  quantity bigint not null,
  received_at timestamptz not null,
  primary key (account_id, purchase_order_id, position, place)
);
select tenant_table('purchase_order_receipts_v1');
