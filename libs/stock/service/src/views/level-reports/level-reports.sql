-- What warehouses said they had, report by report, and what became of it row by row. Rows that were as we had them are counted only.
create table level_reports_v1 (
  account_id uuid not null,
  report_id uuid not null,
  position text not null,
  warehouse_id uuid not null,
  source text not null,
  meaning text not null,
  taken_at timestamptz not null,
  recorded_at timestamptz not null,
  digest text not null,
  applied integer not null,
  unchanged integer not null,
  refused integer not null,
  primary key (account_id, report_id)
);
create index level_reports_v1_by_position on level_reports_v1 (account_id, position);
select tenant_table('level_reports_v1');

create table level_report_rows_v1 (
  account_id uuid not null,
  report_id uuid not null,
  sku_key text not null,
  sku text not null,
  outcome text not null,
  code text,
  reported bigint,
  change bigint not null,
  primary key (account_id, report_id, sku_key)
);
select tenant_table('level_report_rows_v1');
