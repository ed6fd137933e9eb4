-- States of long streams, so that loading one reads a tail; worth nothing beside the events and thrown away at any time.
create table snapshots (
  stream text primary key,
  revision bigint not null,
  event_id uuid not null,
  version int not null,
  state json not null
);
-- Not compressed: the server's time for megabytes of a hot stream's state is dearer than its disk.
alter table snapshots alter column state set storage external;

do $$
declare
  name text;
begin
  foreach name in array array[current_schema() || '_writer', current_schema() || '_worker'] loop
    if exists (select from pg_roles where rolname = name) then
      execute format('grant select, insert, update, delete on snapshots to %I', name);
    end if;
  end loop;
end $$;
