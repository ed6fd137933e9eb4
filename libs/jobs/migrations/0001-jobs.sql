-- One-time timers. A row is deleted when its handler succeeded, or when it is cancelled.
create table job_timers (
  id text primary key,
  kind text not null,
  account_id text,
  payload json not null,
  due_at timestamptz not null,
  -- When it is tried next: the due time, or later after a failure.
  next_try_at timestamptz not null,
  last_run_at timestamptz,
  failures integer not null default 0,
  last_error text,
  -- Counts who holds it: what an older holder says no longer counts.
  fence bigint not null default 0,
  leased_until timestamptz
) with (fillfactor = 70);
create index job_timers_due on job_timers (kind, next_try_at);
create index job_timers_failing on job_timers (account_id) where failures > 0;

-- Work that comes back, one row per kind and subject.
create table job_schedules (
  kind text not null,
  subject text not null,
  account_id text,
  payload json not null,
  every_ms bigint,
  cursor json,
  next_run_at timestamptz,
  -- Asked for by hand since the present run began.
  wanted boolean not null default false,
  last_run_at timestamptz,
  last_success_at timestamptz,
  failures integer not null default 0,
  last_error text,
  done bigint not null default 0,
  "of" bigint,
  fence bigint not null default 0,
  leased_until timestamptz,
  primary key (kind, subject)
) with (fillfactor = 70);
create index job_schedules_due on job_schedules (kind, next_run_at);
create index job_schedules_of_account on job_schedules (account_id);

-- Requests set timers, change schedules and show their state; only workers run them.
do $$
declare
  name text := current_schema() || '_writer';
begin
  if exists (select from pg_roles where rolname = name) then
    execute format('grant select, insert, update, delete on job_timers, job_schedules to %I', name);
  end if;
end
$$;
