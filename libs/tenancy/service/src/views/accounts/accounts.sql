create table accounts_v2 (
  account_id uuid primary key,
  organization_id uuid not null,
  code text not null,
  name text not null,
  licence text not null,
  enabled boolean not null default true,
  default_warehouse_id uuid,
  own_settings jsonb not null default '{}',
  inherited_settings jsonb not null,
  -- What only an account decides; absent where it has not.
  choices jsonb not null default '{}',
  -- Of the account's stream: the ETag of the next edit.
  revision bigint not null
);
create index accounts_v2_organization on accounts_v2 (organization_id, account_id);
select tenant_table('accounts_v2');
