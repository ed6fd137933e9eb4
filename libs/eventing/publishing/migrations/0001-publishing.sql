-- How far the service's log is published, and who publishes it now: whoever holds the row with the present fence.
create table publisher_checkpoint (
  publisher text primary key,
  log_id text not null,
  -- Rises when the log turns out to be another history than the one that was published: part of the source that consumers count by.
  generation int not null default 0,
  position text not null default '',
  -- The event at the position; null at the start of the log.
  event_id text,
  moved_at timestamptz not null default now(),
  holder text,
  fence bigint not null default 0,
  leased_until timestamptz
) with (fillfactor = 50);
