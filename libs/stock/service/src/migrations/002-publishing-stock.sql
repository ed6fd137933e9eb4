-- What other services said and publication looks up: what comes of a look-up is written down with what a shop was told.
create table known_bundles (
  account_id uuid not null,
  sku_key text not null,
  sku text not null,
  components jsonb not null,
  archived boolean not null,
  sequence bigint not null,
  primary key (account_id, sku_key)
);
create table known_sku_mappings (
  account_id uuid not null,
  channel_id uuid not null,
  theirs text not null,
  sku_key text not null,
  removed boolean not null,
  sequence bigint not null,
  primary key (account_id, channel_id, theirs)
);
create table known_splitting (
  account_id uuid primary key,
  allow_splitting boolean not null,
  sequence bigint not null
);

-- What a shop was told, or is being told: written down before it is sent, so that a lost answer is made good by the same words.
create table stock_publications (
  account_id uuid not null,
  channel_id uuid not null,
  publication_id uuid not null,
  mode text not null,
  rows jsonb not null,
  row_count integer not null,
  created_at timestamptz not null,
  answered_at timestamptz,
  -- 'accepted' or 'rejected'; empty while no answer came.
  outcome text,
  answer text,
  primary key (account_id, publication_id)
);
create index stock_publications_by_time on stock_publications (account_id, created_at desc, publication_id);
create unique index stock_publications_open on stock_publications (account_id, channel_id) where outcome is null;

-- The last figure that each shop was told of each SKU and warehouse; the warehouse is empty for the shop as a whole.
create table stock_told (
  account_id uuid not null,
  channel_id uuid not null,
  sku text not null,
  warehouse_code text not null,
  quantity bigint not null,
  primary key (account_id, channel_id, sku, warehouse_code)
);
grant select on stock_publications to stock_writer;
