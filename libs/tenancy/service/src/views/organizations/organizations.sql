create table organizations_v1 (
  organization_id uuid primary key,
  name text not null,
  licence_owner text,
  defaults jsonb not null
);
select tenant_table('organizations_v1');
