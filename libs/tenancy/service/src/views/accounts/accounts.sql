create table accounts_v1 (
  account_id uuid primary key,
  organization_id uuid not null,
  code text not null,
  name text not null,
  licence text not null,
  enabled boolean not null default true,
  default_warehouse_id uuid,
  own_settings jsonb not null default '{}',
  inherited_settings jsonb not null,
  -- Of the account's stream: the ETag of the next edit.
  revision bigint not null
);
create index accounts_v1_organization on accounts_v1 (organization_id, account_id);
select tenant_table('accounts_v1');
