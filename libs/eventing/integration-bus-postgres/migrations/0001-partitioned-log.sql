-- The log: topics in partitions, offsets from 0 without gaps, in commit order.
create table topics (
  no int generated always as identity primary key,
  name text not null unique,
  partitions int not null check (partitions > 0)
);

create table partitions (
  topic_no int not null references topics on delete cascade,
  partition int not null,
  next_offset bigint not null default 0,
  primary key (topic_no, partition)
) with (fillfactor = 50);

-- The message is kept as the text it came in: a `jsonb` would refuse what JSON may carry.
create table messages (
  topic_no int not null,
  partition int not null,
  "offset" bigint not null,
  published_at timestamptz not null,
  message text not null,
  primary key (topic_no, partition, "offset")
);

create table last_of_source (
  topic_no int not null,
  partition int not null,
  source text not null,
  "offset" bigint not null,
  primary key (topic_no, partition, source)
) with (fillfactor = 50);

-- Who listens. A process is alive while it says so; with it live all its leases, so that saying so writes one row.
create table clients (
  client text primary key,
  alive_until timestamptz not null
) with (fillfactor = 50);

create table members (
  consumer_group text not null,
  topic_no int not null,
  member text not null,
  client text not null references clients on delete cascade,
  primary key (consumer_group, topic_no, member)
);
create index members_of_client on members (client);

-- Per group and partition: how far it has read, who reads it now, and a number that rises with every new owner.
create table consumers (
  consumer_group text not null,
  topic_no int not null,
  partition int not null,
  next_offset bigint not null default 0,
  member text,
  fence bigint not null default 0,
  primary key (consumer_group, topic_no, partition)
) with (fillfactor = 50);

create function ensure_topics(p_names text[], p_partitions int) returns void language sql as $$
  with created as (
    insert into topics (name, partitions) select distinct n, p_partitions from unnest(p_names) n order by n
    on conflict (name) do nothing returning no, partitions
  )
  insert into partitions (topic_no, partition) select no, generate_series(0, partitions - 1) from created
$$;

-- One topic's publishes follow each other, so that the order of offsets is the order of commits and no reader ever passes a gap.
create function publish(p_topic int[], p_partition int[], p_source text[], p_message text[])
returns table (out_topic int, out_partition int, out_next bigint) language plpgsql as $$
declare
  each int;
  at timestamptz;
begin
  for each in select distinct t from unnest(p_topic) t order by t loop
    perform pg_advisory_xact_lock(1937006448, each);
  end loop;
  if exists (select from unnest(p_topic, p_partition) u(t, p) left join partitions h on h.topic_no = u.t and h.partition = u.p where h.topic_no is null) then
    raise exception 'a topic or partition does not exist';
  end if;
  at := clock_timestamp();
  return query
  with numbered as materialized (
    select u.t, u.p, u.s, u.m, h.next_offset + row_number() over (partition by u.t, u.p order by u.place) - 1 as o
    from unnest(p_topic, p_partition, p_source, p_message) with ordinality u(t, p, s, m, place)
    join partitions h on h.topic_no = u.t and h.partition = u.p
  ), kept as (
    insert into messages (topic_no, partition, "offset", published_at, message) select n.t, n.p, n.o, at, n.m from numbered n
  ), told as (
    insert into last_of_source (topic_no, partition, source, "offset") select n.t, n.p, n.s, max(n.o) from numbered n group by 1, 2, 3
    on conflict (topic_no, partition, source) do update set "offset" = excluded."offset"
  )
  update partitions h set next_offset = n.next
  from (select t, p, max(o) + 1 as next from numbered group by 1, 2) n
  where h.topic_no = n.t and h.partition = n.p
  returning h.topic_no, h.partition, h.next_offset;
end $$;

-- A client says that it lives, takes what is free among what is its turn, and hears what it owns. `out_keep` false: hand it over.
create function beat(p_client text, p_lease_ms int, p_group text[], p_topic int[], p_member text[])
returns table (out_member text, out_topic int, out_partition int, out_fence bigint, out_next bigint, out_head bigint, out_keep boolean) language plpgsql as $$
begin
  perform set_config('synchronous_commit', 'off', true);
  insert into clients (client, alive_until) values (p_client, clock_timestamp() + p_lease_ms * interval '1 ms')
  on conflict (client) do update set alive_until = excluded.alive_until;
  delete from clients where client in (select c.client from clients c where c.alive_until < clock_timestamp() - interval '1 minute' for update skip locked);
  insert into members (consumer_group, topic_no, member, client) select g, t, m, p_client from unnest(p_group, p_topic, p_member) u(g, t, m)
  on conflict do nothing;

  update consumers k set member = free.member, fence = k.fence + 1
  from (
    select c.consumer_group, c.topic_no, c.partition, turn.member
    from consumers c
    join turns(p_group, p_topic) turn on turn.consumer_group = c.consumer_group and turn.topic_no = c.topic_no and turn.place = c.partition % turn.members
    where turn.client = p_client
    and not exists (
      select from members m join clients l using (client)
      where m.consumer_group = c.consumer_group and m.topic_no = c.topic_no and m.member = c.member and l.alive_until > clock_timestamp()
    )
    for update of c skip locked
  ) free
  where k.consumer_group = free.consumer_group and k.topic_no = free.topic_no and k.partition = free.partition;

  return query
  select k.member, k.topic_no, k.partition, k.fence, k.next_offset, h.next_offset, turn.member = k.member
  from unnest(p_group, p_topic, p_member) mine(g, t, m)
  join consumers k on k.consumer_group = mine.g and k.topic_no = mine.t and k.member = mine.m
  join partitions h on h.topic_no = k.topic_no and h.partition = k.partition
  join turns(p_group, p_topic) turn on turn.consumer_group = k.consumer_group and turn.topic_no = k.topic_no and turn.place = k.partition % turn.members;
end $$;

-- The living members of groups in a fixed order: partition n is the turn of member n modulo their number.
create function turns(p_group text[], p_topic int[])
returns table (consumer_group text, topic_no int, member text, client text, place bigint, members bigint) language sql stable as $$
  select m.consumer_group, m.topic_no, m.member, m.client,
    row_number() over (partition by m.consumer_group, m.topic_no order by m.member) - 1,
    count(*) over (partition by m.consumer_group, m.topic_no)
  from (select distinct g, t from unnest(p_group, p_topic) u(g, t)) mine
  join members m on m.consumer_group = mine.g and m.topic_no = mine.t
  join clients c on c.client = m.client and c.alive_until > clock_timestamp()
$$;

-- A new group starts at the beginning of its topics.
create function join_group(p_group text, p_topic int[]) returns void language sql as $$
  insert into consumers (consumer_group, topic_no, partition)
  select p_group, h.topic_no, h.partition from partitions h where h.topic_no = any(p_topic) order by 1, 2, 3
  on conflict do nothing
$$;

create function leave_group(p_group text, p_member text) returns void language sql as $$
  update consumers set member = null where consumer_group = p_group and member = p_member;
  delete from members where consumer_group = p_group and member = p_member;
$$;

-- Moves offsets of those who still own their partitions, and answers their places in the call. Loses nothing but a repetition when the
-- server crashes before the disk has it.
create function move_offsets(p_group text[], p_topic int[], p_partition int[], p_member text[], p_fence bigint[], p_next bigint[], p_release boolean[])
returns setof bigint language plpgsql as $$
begin
  perform set_config('synchronous_commit', 'off', true);
  return query
  update consumers k set next_offset = u.next, member = case when u.release then null else k.member end
  from unnest(p_group, p_topic, p_partition, p_member, p_fence, p_next, p_release) with ordinality u(g, t, p, m, fence, next, release, place)
  where k.consumer_group = u.g and k.topic_no = u.t and k.partition = u.p and k.member = u.m and k.fence = u.fence
  returning u.place;
end $$;

create function read_messages(p_topic int[], p_partition int[], p_from bigint[], p_limit int[])
returns table (place bigint, "offset" bigint, message text) language sql stable as $$
  select u.place, m."offset", m.message
  from unnest(p_topic, p_partition, p_from, p_limit) with ordinality u(t, p, f, l, place)
  cross join lateral (
    select x."offset", x.message from messages x where x.topic_no = u.t and x.partition = u.p and x."offset" >= u.f order by x."offset" limit u.l
  ) m
  order by 1, 2
$$;

-- Publishing and consuming is what workers do; no reader or writer comes near the log. Call it again after roles were created.
create function grant_workers() returns void language plpgsql as $$
declare
  schema text := (select n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = 'consumers'::regclass);
  worker text;
begin
  for worker in select r.rolname from pg_roles r
    where r.rolname in ('tenancy_worker', 'sales_worker', 'stock_worker', 'purchasing_worker', 'catalog_worker') loop
    execute format('grant usage on schema %I to %I', schema, worker);
    execute format('grant select, insert, update, delete on all tables in schema %I to %I', schema, worker);
    execute format('grant execute on all functions in schema %I to %I', schema, worker);
  end loop;
end $$;

do $$
declare
  routine regprocedure;
begin
  for routine in select p.oid::regprocedure from pg_proc p where p.pronamespace = (select relnamespace from pg_class where oid = 'consumers'::regclass) loop
    execute format('alter function %s set search_path from current', routine);
    execute format('revoke execute on function %s from public', routine);
  end loop;
end $$;

select grant_workers();
