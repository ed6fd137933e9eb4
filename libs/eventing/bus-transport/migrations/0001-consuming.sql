-- How far each consumer group has handled each source in each partition. Committed with the rows that the messages led to; older
-- messages are skipped, so a repetition has no second effect.
create table consumer_checkpoints (
  consumer_group text not null,
  topic text not null,
  partition int not null,
  source text not null,
  source_position text not null,
  ordinal int not null,
  message_id text not null,
  moved_at timestamptz not null default now(),
  primary key (consumer_group, topic, partition, source)
) with (fillfactor = 50);

-- Ordering keys that wait because one of their messages cannot be handled. `request`: what an operator asked the worker to do.
create table parked_keys (
  consumer_group text not null,
  ordering_key text not null,
  organization_id text not null,
  account_id text,
  reason text not null,
  parked_at timestamptz not null default now(),
  request text check (request in ('replay', 'skip')),
  requested_by text,
  requested_at timestamptz,
  request_reason text,
  last_tried_at timestamptz,
  primary key (consumer_group, ordering_key)
);
create index parked_keys_of_account on parked_keys (account_id);
create index parked_keys_requested on parked_keys (requested_at) where request is not null;

-- The message at fault and all later ones of its key, in order.
create table parked_events (
  consumer_group text not null,
  ordering_key text not null,
  place bigint generated always as identity,
  message json not null,
  parked_at timestamptz not null default now(),
  primary key (consumer_group, ordering_key, place),
  foreign key (consumer_group, ordering_key) references parked_keys
);

-- What was given up, by whom and why.
create table skipped_events (
  no bigint generated always as identity primary key,
  consumer_group text not null,
  ordering_key text not null,
  message json not null,
  failure text not null,
  skipped_by text not null,
  skip_reason text not null,
  skipped_at timestamptz not null default now()
);

-- Operators ask by HTTP, which acts as the writer; the worker does it.
do $$
begin
  if exists (select from pg_roles where rolname = current_schema() || '_writer') then
    execute format('grant select, update on parked_keys to %I', current_schema() || '_writer');
    execute format('grant select on parked_events to %I', current_schema() || '_writer');
  end if;
end $$;
