-- What other services said and orders are asked about: looked up only, and what comes of a look-up is written into an event.
create table known_settings (
  account_id uuid primary key,
  organization_id uuid not null,
  settings jsonb not null,
  sequence bigint not null
);
create table known_warehouses (
  account_id uuid not null,
  warehouse_id uuid not null,
  code text not null,
  kind text not null,
  priority integer not null,
  members uuid[] not null,
  channel jsonb,
  enabled boolean not null,
  sequence bigint not null,
  primary key (account_id, warehouse_id)
);
create table known_variants (
  account_id uuid not null,
  sku_key text not null,
  sku text not null,
  components jsonb not null,
  archived boolean not null,
  sequence bigint not null,
  primary key (account_id, sku_key)
);
create table known_sales_channels (
  account_id uuid not null,
  channel_id uuid not null,
  channel jsonb not null,
  sequence bigint not null,
  primary key (account_id, channel_id)
);
grant select on known_settings, known_warehouses, known_variants, known_sales_channels to sales_writer;
