create table api_keys_v1 (
  key_id uuid primary key,
  account_id uuid not null,
  name text not null,
  scopes text[] not null,
  mode text not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz
);
create index api_keys_v1_account on api_keys_v1 (account_id, key_id);
select tenant_table('api_keys_v1');
