create table tenancy_views.organizations_v1 (
  organization_id uuid primary key,
  name text not null,
  licence_owner text,
  defaults jsonb not null
);
select tenancy_views.tenant_table('tenancy_views.organizations_v1');
