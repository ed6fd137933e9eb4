-- Where the events of an account stand in the log, which itself has no order by account: who reads the feed of one account pays for its
-- own events and for nobody else's.
create table account_events_v1 (
  account_id uuid not null,
  position text collate "C" not null,
  primary key (account_id, position)
);
select tenant_table('account_events_v1');
