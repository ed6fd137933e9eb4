-- Who may do what, as tenancy last said it: a copy, rebuilt by reading the topic again. What was said later in the same log wins.
create table access_users (
  user_id text primary key,
  access jsonb not null,
  source text not null,
  position text collate "C" not null
);

-- A revoked key stays revoked whatever is read again.
create table access_keys (
  key_id text primary key,
  hash text unique,
  organization_id text,
  account_id text,
  scopes text[] not null default '{}',
  expires_at timestamptz,
  mode text,
  revoked boolean not null default false
);

-- Coarse, and written by the API: apart from what only the feed may write.
create table access_key_uses (
  key_id text primary key,
  last_used_at timestamptz not null
);

create table access_accounts (
  account_id text primary key,
  organization_id text not null,
  enabled boolean not null,
  source text not null,
  position text collate "C" not null
);

create table access_signing_keys (
  key_id text primary key,
  public_jwk jsonb not null
);

-- Until when everything that tenancy said is known here.
create table access_feed (
  singleton boolean primary key default true check (singleton),
  read_to_end_at timestamptz not null
);

do $$
begin
  execute format('grant select on access_users, access_keys, access_accounts, access_signing_keys, access_feed to %I', current_schema() || '_writer');
  execute format('grant select, insert, update on access_key_uses to %I', current_schema() || '_writer');
end
$$;
