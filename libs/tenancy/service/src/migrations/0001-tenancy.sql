-- E-mails are encrypted in events; whether one is taken is answered by a keyed hash of it. Released when a registration is refused.
create table sign_in_names (
  name_index bytea primary key,
  user_id uuid not null unique,
  organization_id uuid not null,
  -- Null for organization users and the installation's administrator.
  account_id uuid,
  reserved_at timestamptz not null
);

-- Private halves, encrypted with a key derived from the master key. The newest signs; older ones stay until their tokens have ended.
create table signing_keys (
  key_id text primary key,
  sealed_private_key text not null,
  created_at timestamptz not null
);

-- One sign-in and the refresh tokens that followed from it. A token used twice ends them all.
create table sessions (
  session_id uuid primary key,
  user_id uuid not null,
  organization_id uuid not null,
  account_id uuid,
  started_at timestamptz not null,
  ended_at timestamptz,
  ended_because text
);
create index sessions_user on sessions (user_id) where ended_at is null;

create table refresh_tokens (
  -- SHA-256 of the token; its randomness needs no salt.
  hash text primary key,
  session_id uuid not null references sessions on delete cascade,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index refresh_tokens_session on refresh_tokens (session_id);

-- Failed sign-ins per name, known or not, so that guessing takes longer than it is worth.
create table failed_sign_ins (
  name_index bytea primary key,
  failures integer not null,
  last_at timestamptz not null
);

do $$
begin
  execute format('grant select, insert, update, delete on sign_in_names, signing_keys, sessions, refresh_tokens, failed_sign_ins to %I', current_schema() || '_writer');
end
$$;
