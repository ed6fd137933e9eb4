-- Purchase orders as people list them, with what came of each line.
create table purchase_orders_v2 (
  account_id uuid not null,
  organization_id uuid not null,
  purchase_order_id uuid not null,
  number text not null,
  supplier_code text not null,
  supplier_name text not null,
  warehouse_id uuid not null,
  expected_at timestamptz,
  cancel_after timestamptz,
  reference text,
  status text not null,
  -- The last receipt left something open, and so far nobody has ended the order.
  short_received boolean not null default false,
  -- What a person should look at: warnings of receipts, and lines that were not understood.
  warnings jsonb not null default '[]',
  ended_reason text,
  -- What the warehouse knows of it: none, begun, accepted, refused.
  export_status text not null default 'none',
  export_begun_at timestamptz,
  exported_at timestamptz,
  external_id text,
  export_failure text,
  -- Empty until it is cancelled after the warehouse may have been told; then wanted, cancelled, requested or refused.
  take_back text,
  take_back_reason text,
  receipts integer not null default 0,
  created_at timestamptz not null,
  revision integer not null,
  position text not null,
  primary key (account_id, purchase_order_id)
);
create index purchase_orders_v2_by_position on purchase_orders_v2 (account_id, position);
create index purchase_orders_v2_to_export on purchase_orders_v2 (account_id, warehouse_id, position)
  where (status = 'approved' and export_status = 'none') or export_status = 'begun' or take_back = 'wanted';
create index purchase_orders_v2_overdue on purchase_orders_v2 (cancel_after) where cancel_after is not null and status in ('draft', 'approved', 'receiving');
create index purchase_orders_v2_by_number on purchase_orders_v2 (account_id, number);
select tenant_table('purchase_orders_v2');

create table purchase_order_lines_v2 (
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
select tenant_table('purchase_order_lines_v2');

create table purchase_order_receipts_v2 (
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
select tenant_table('purchase_order_receipts_v2');
