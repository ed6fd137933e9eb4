-- Credentials are not here: they are write-only.
create table account_warehouses_v2 (
  account_id uuid not null,
  organization_id uuid not null,
  warehouse_id uuid not null,
  code text not null,
  kind text not null,
  priority integer not null,
  members uuid[] not null,
  channel jsonb,
  primary key (account_id, warehouse_id)
);
select tenant_table('account_warehouses_v2');
