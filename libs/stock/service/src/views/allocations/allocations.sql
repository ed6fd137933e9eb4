-- How far each attempt of each order has come. `plan_open_since`: a plan without an outcome; nobody is left alone with one.
create table stock_allocations_v2 (
  account_id uuid not null,
  order_id text not null,
  attempt integer not null,
  organization_id uuid not null,
  kind text,
  order_number text,
  order_date timestamptz,
  status text not null,
  plan integer not null,
  units jsonb not null,
  missing jsonb not null,
  reasons jsonb not null,
  -- Who must go first, where the order of the waiting is strict.
  behind jsonb,
  plan_open_since timestamptz,
  revision integer not null,
  decided_at timestamptz not null,
  position text not null,
  primary key (account_id, order_id, attempt)
);
create index stock_allocations_v2_by_position on stock_allocations_v2 (account_id, position);
create index stock_allocations_v2_open_plans on stock_allocations_v2 (plan_open_since) where plan_open_since is not null;
select tenant_table('stock_allocations_v2');
