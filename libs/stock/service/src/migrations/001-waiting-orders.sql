-- Who waits for stock: one row per attempt, written with the checkpoint of the batch that found too little, removed with the outcome.
create table waiting_orders (
  account_id uuid not null,
  order_id text not null,
  attempt integer not null,
  order_date timestamptz not null,
  arrived_at timestamptz not null,
  skus text[] not null,
  primary key (account_id, order_id, attempt)
);
create index waiting_orders_by_sku on waiting_orders using gin (skus);
