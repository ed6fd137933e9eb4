-- Periods that were decided once more with other settings: what was asked, how far it is, and what came of it. It is written here and
-- nowhere else; the log is only read.
create table what_ifs (
  account_id uuid not null,
  what_if_id uuid not null,
  asked jsonb not null,
  status text not null default 'waiting',
  done integer not null default 0,
  "of" integer,
  result jsonb,
  error text,
  asked_at timestamptz not null,
  ended_at timestamptz,
  primary key (account_id, what_if_id)
);
create index what_ifs_by_time on what_ifs (account_id, asked_at desc, what_if_id);

-- Orders that come out otherwise (kind 'order') and places whose stock ends up otherwise (kind 'level'), by their place in the answer.
create table what_if_rows (
  account_id uuid not null,
  what_if_id uuid not null,
  kind text not null,
  row integer not null,
  data jsonb not null,
  primary key (account_id, what_if_id, kind, row),
  foreign key (account_id, what_if_id) references what_ifs on delete cascade
);

-- Requests ask and read; only workers answer.
grant select, insert on what_ifs to stock_writer;
grant select on what_if_rows to stock_writer;
