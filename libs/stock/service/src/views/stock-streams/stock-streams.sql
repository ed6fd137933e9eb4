-- Which streams an account has in stock's log, and when each last changed: how the verifier comes by every one of them, and looks at
-- what has changed first.
create table stock_streams_v1 (
  account_id uuid not null,
  kind text not null,
  key text collate "C" not null,
  position text collate "C" not null,
  revision bigint not null,
  primary key (account_id, kind, key)
);
create index stock_streams_v1_by_position on stock_streams_v1 (account_id, position);
