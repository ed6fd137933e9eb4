-- What tenancy said of accounts: looked up only, and what comes of a look-up is written into an event.
create table known_settings (
  account_id uuid primary key,
  settings jsonb not null,
  sequence bigint not null
);
create table known_warehouses (
  account_id uuid not null,
  warehouse_id uuid not null,
  code text not null,
  kind text not null,
  channel jsonb,
  enabled boolean not null,
  sequence bigint not null,
  primary key (account_id, warehouse_id)
);
grant select on known_settings, known_warehouses to purchasing_writer;
