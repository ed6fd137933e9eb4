create table warehouses_v1 (
  warehouse_id uuid primary key,
  organization_id uuid not null,
  code text not null,
  name text not null,
  kind text not null,
  priority integer not null,
  time_zone text not null,
  address jsonb,
  members uuid[] not null,
  archived boolean not null default false
);
create index warehouses_v1_organization on warehouses_v1 (organization_id, warehouse_id);
select tenant_table('warehouses_v1');
