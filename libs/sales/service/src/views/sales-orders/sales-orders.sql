-- Orders as people list them. What follows from shipments – fulfilling, partially fulfilled, shipped – is derived here as in the order itself.
create table sales_orders_v2 (
  account_id uuid not null,
  order_id uuid not null,
  number text not null,
  channel_id uuid,
  channel_order_number text,
  order_date timestamptz not null,
  arrived_at timestamptz not null,
  stage text not null,
  status text not null,
  backordered boolean not null,
  reasons jsonb not null,
  warehouse_id uuid,
  ship_to jsonb,
  ship_to_country text,
  lines jsonb not null,
  closed jsonb not null,
  release_at timestamptz,
  revision integer not null,
  position text not null,
  primary key (account_id, order_id)
);
create index sales_orders_v2_by_position on sales_orders_v2 (account_id, position);
create index sales_orders_v2_by_number on sales_orders_v2 (account_id, number);
select tenant_table('sales_orders_v2');

create table sales_shipments_v2 (
  account_id uuid not null,
  shipment_id uuid not null,
  order_id uuid not null,
  warehouse_id uuid not null,
  status text not null,
  external_id text,
  failure text,
  packages jsonb not null,
  carrier_service jsonb,
  warnings jsonb not null,
  created_at timestamptz not null,
  position text not null,
  primary key (account_id, shipment_id)
);
create index sales_shipments_v2_by_order on sales_shipments_v2 (account_id, order_id);
create index sales_shipments_v2_ready on sales_shipments_v2 (account_id, warehouse_id, created_at) where status = 'ready-to-send' and failure is null;
select tenant_table('sales_shipments_v2');

create table sales_shipment_units_v2 (
  account_id uuid not null,
  allocation_id uuid not null,
  shipment_id uuid not null,
  order_id uuid not null,
  line_number integer not null,
  part_id text not null,
  sku text not null,
  quantity integer not null,
  shipped integer not null,
  released boolean not null,
  primary key (account_id, allocation_id)
);
create index sales_shipment_units_v2_by_order on sales_shipment_units_v2 (account_id, order_id);
select tenant_table('sales_shipment_units_v2');

-- One row per SKU that a line needs: the line itself, or a component of its bundle.
create table sales_order_parts_v2 (
  account_id uuid not null,
  order_id uuid not null,
  line_id text not null,
  part_id text not null,
  wanted integer not null,
  per integer not null,
  primary key (account_id, order_id, part_id)
);
select tenant_table('sales_order_parts_v2');
