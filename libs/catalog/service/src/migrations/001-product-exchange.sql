-- What a channel was told of products, or is being told: written down before it is sent, so that a lost answer is made good by the same words.
create table product_exports (
  account_id uuid not null,
  -- The sales channel, or the physical warehouse.
  place_id uuid not null,
  export_id uuid not null,
  products jsonb not null,
  -- What the place knows once it has taken them, by the key of each SKU.
  fields jsonb not null,
  variant_count integer not null,
  created_at timestamptz not null,
  answered_at timestamptz,
  -- 'accepted' or 'rejected'; empty while no answer came.
  outcome text,
  answer text,
  primary key (account_id, export_id)
);
create index product_exports_by_time on product_exports (account_id, created_at desc, export_id);
create unique index product_exports_open on product_exports (account_id, place_id) where outcome is null;

-- What each place knows of each SKU: what it was last told, and what it said itself. It is not told what it knows.
create table channel_products (
  account_id uuid not null,
  place_id uuid not null,
  sku_key text not null,
  fields jsonb not null,
  primary key (account_id, place_id, sku_key)
);
grant select on product_exports to catalog_writer;
