-- One service's log. Text keys would triple the unique index of events, so streams have a number.
create table streams (
  no bigint primary key,
  id text collate "C" not null unique,
  revision bigint not null
) with (fillfactor = 70);

-- Positions are given out under the log's advisory lock, without gaps, so their order is the order of commits: a reader that has
-- passed one never finds an event behind it.
create table events (
  position bigint primary key,
  stream_no bigint not null,
  revision bigint not null,
  type text not null,
  event_id uuid not null,
  recorded timestamptz(3) not null,
  data json not null,
  meta json not null,
  unique (stream_no, revision)
);

-- Which history this is: positions of a restored or replaced log may mean other events.
create table log_identity (
  only_row boolean primary key default true check (only_row),
  id uuid not null default gen_random_uuid()
);
insert into log_identity default values;

-- Many appends in one round trip; called as one autocommit statement at read committed.
-- Each stream is named once in a call; an event names its stream by its place in s_id (from 1) and its place in that append (from 1).
-- head: the log's last position afterwards; the events written here are the last ones, in the order given.
-- moved: null when every stream stood where it was expected, else each stream's revision as it stood.
-- same: with moved, how many of an append's ids are those stored right after its expected revision.
create function append_events(
  s_id text[], s_expected bigint[], s_n int[],
  e_stream int[], e_k int[], e_type text[], e_id uuid[], e_data json[], e_meta json[],
  out head bigint, out moved bigint[], out same int[]
) language plpgsql as $$
declare
  last_no bigint;
  numbers bigint[];
  revisions bigint[];
  created bigint;
  written bigint;
  at timestamptz;
begin
  perform pg_advisory_xact_lock(hashtextextended('event-log/' || current_schema(), 0));

  -- A stream that is not there yet has the number that it would get.
  select coalesce((select no from streams order by no desc limit 1), 0) into last_no;
  select array_agg(coalesce(x.no, last_no + x.place)), array_agg(x.revision) into numbers, revisions
  from (
    select s.no, u.place, coalesce(s.revision, 0) as revision
    from unnest(s_id) with ordinality u(id, place) left join streams s on s.id = u.id
    order by u.place
  ) x;

  insert into streams (no, id, revision)
  select u.no, u.id, u.n from unnest(s_id, numbers, s_expected, s_n) u(id, no, expected, n)
  where u.no > last_no and u.expected = 0 and u.n > 0;
  get diagnostics created = row_count;
  if created < cardinality(s_id) then
    update streams s set revision = s.revision + u.n
    from unnest(numbers, revisions, s_expected, s_n) u(no, revision, expected, n)
    where s.no = u.no and u.no <= last_no and u.revision = u.expected and u.n > 0;
  end if;

  select e.position, greatest(date_trunc('milliseconds', clock_timestamp()), e.recorded) into head, at
  from events e order by e.position desc limit 1;
  head := coalesce(head, 0);
  at := coalesce(at, date_trunc('milliseconds', clock_timestamp()));

  if revisions = s_expected then
    insert into events (position, stream_no, revision, type, event_id, recorded, data, meta)
    select head + u.place, numbers[u.s], s_expected[u.s] + u.k, u.t, u.i, at, u.d, u.m
    from unnest(e_stream, e_k, e_type, e_id, e_data, e_meta) with ordinality u(s, k, t, i, d, m, place);
    head := head + cardinality(e_stream);
    return;
  end if;

  moved := revisions;
  insert into events (position, stream_no, revision, type, event_id, recorded, data, meta)
  select head + row_number() over (order by u.place), numbers[u.s], s_expected[u.s] + u.k, u.t, u.i, at, u.d, u.m
  from unnest(e_stream, e_k, e_type, e_id, e_data, e_meta) with ordinality u(s, k, t, i, d, m, place)
  where revisions[u.s] = s_expected[u.s];
  get diagnostics written = row_count;
  head := head + written;

  select array_agg((
    select count(*)::int
    from unnest(e_stream, e_k, e_id) w(s, k, i)
    join events e on e.stream_no = numbers[w.s] and e.revision = s_expected[w.s] + w.k and e.event_id = w.i
    where w.s = u.place
  ) order by u.place) into same
  from unnest(moved, s_expected) with ordinality u(stood, expected, place);
end $$;

-- History is only ever added to: nobody but the owner may change or delete an event.
revoke all on function append_events from public;
do $$
declare
  name text;
begin
  foreach name in array array[current_schema() || '_writer', current_schema() || '_worker'] loop
    if exists (select from pg_roles where rolname = name) then
      execute format('revoke all on events, streams, log_identity from %I', name);
      execute format('grant select, insert on events to %I', name);
      execute format('grant select, insert, update on streams to %I', name);
      execute format('grant select on log_identity to %I', name);
      execute format('grant execute on function append_events to %I', name);
    end if;
  end loop;
end $$;
