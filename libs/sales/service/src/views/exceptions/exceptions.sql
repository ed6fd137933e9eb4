-- What went wrong with orders and waits for a person, and how it ended.
create table sales_exceptions_v1 (
  account_id uuid not null,
  order_id uuid not null,
  name text not null,
  exception_id uuid not null,
  kind text not null,
  shipment_id uuid,
  message text not null,
  raised_at timestamptz not null,
  settled_at timestamptz,
  settled_by text,
  reason text,
  position text not null,
  primary key (account_id, order_id, name)
);
create unique index sales_exceptions_v1_by_id on sales_exceptions_v1 (account_id, exception_id);
create index sales_exceptions_v1_by_position on sales_exceptions_v1 (account_id, position);
select tenant_table('sales_exceptions_v1');
