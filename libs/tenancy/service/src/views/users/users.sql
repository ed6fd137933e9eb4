-- A person is registered before they get a role; until then nobody sees them.
create table users_v1 (
  user_id uuid primary key,
  organization_id uuid not null,
  account_id uuid,
  role text,
  active boolean not null default false,
  profile_subject text,
  profile_sealed text,
  language text,
  time_zone text
);
create index users_v1_organization on users_v1 (organization_id, user_id);
create index users_v1_account on users_v1 (account_id, user_id);
select tenant_table('users_v1');
