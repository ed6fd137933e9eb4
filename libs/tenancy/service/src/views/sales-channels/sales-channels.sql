-- Credentials are not here: they are write-only.
create table sales_channels_v2 (
  account_id uuid not null,
  channel_id uuid not null,
  code text not null,
  name text not null,
  connector text not null,
  endpoint_url text,
  has_credentials boolean not null,
  default_order_status text,
  hold_delay_ms bigint,
  published_warehouses uuid[] not null,
  status text not null,
  job_periods_ms jsonb not null,
  carrier_mappings jsonb not null,
  warehouse_mappings jsonb not null,
  stock_publication jsonb not null,
  primary key (account_id, channel_id)
);
select tenant_table('sales_channels_v2');
