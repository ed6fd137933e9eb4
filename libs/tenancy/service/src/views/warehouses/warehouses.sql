create table tenancy_views.warehouses_v1 (
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
create index warehouses_v1_organization on tenancy_views.warehouses_v1 (organization_id, warehouse_id);
select tenancy_views.tenant_table('tenancy_views.warehouses_v1');
