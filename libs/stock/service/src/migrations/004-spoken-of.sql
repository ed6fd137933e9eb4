-- Which SKUs a warehouse spoke of and when last. A row of a report that changes nothing leaves no event on its item; an older report
-- that comes afterwards must be ignored all the same, and what is heard of late had been counted. SKUs that are reported together are
-- one row, so reporting the same again only moves its time.
create table skus_spoken_of (
  account_id uuid not null,
  warehouse_id uuid not null,
  -- Derived from the keys.
  set_id text not null,
  sku_keys text[] not null,
  first_key text not null collate "C",
  last_key text not null collate "C",
  taken_at timestamptz not null,
  report_id uuid not null,
  source text not null,
  meaning text not null,
  primary key (account_id, warehouse_id, set_id)
) with (fillfactor = 80);
create index skus_spoken_of_by_time on skus_spoken_of (account_id, warehouse_id, taken_at);

-- Reports whose rows are being decided. While an older one is, a younger one leaves an event also where it changes nothing.
create table reports_under_way (
  account_id uuid not null,
  warehouse_id uuid not null,
  report_id uuid not null,
  taken_at timestamptz not null,
  seen_at timestamptz not null,
  primary key (account_id, warehouse_id, report_id)
);

-- Reports come by jobs, and by HTTP where no worker runs.
grant select, insert, update, delete on skus_spoken_of, reports_under_way to stock_writer;
