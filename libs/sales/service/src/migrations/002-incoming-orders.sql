-- What channels call SKUs: looked up only.
create table known_sku_mappings (
  account_id uuid not null,
  channel_id uuid not null,
  theirs_key text not null,
  sku text,
  sequence bigint not null,
  primary key (account_id, channel_id, theirs_key)
);
grant select on known_sku_mappings to sales_writer;

-- Incoming orders that wait for a SKU. Written before the order says so itself: a SKU that appears meanwhile finds one or the other.
create table waiting_for_skus (
  account_id uuid not null,
  order_id uuid not null,
  sku_key text not null,
  primary key (account_id, sku_key, order_id)
);
create index waiting_for_skus_of_order on waiting_for_skus (account_id, order_id);
