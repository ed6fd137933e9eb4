-- What an account sells, by SKU whatever its spelling, and the products that group it.
create table variants_v2 (
  account_id uuid not null,
  sku_key text not null,
  variant_id uuid not null,
  sku text not null,
  description jsonb not null,
  components jsonb not null,
  alternates jsonb not null default '[]',
  archived boolean not null,
  -- Where its last change came from.
  origin jsonb not null,
  product_key text,
  revision integer not null,
  -- Of the last change of the variant, or of its product.
  position text not null,
  primary key (account_id, sku_key)
);
create index variants_v2_by_position on variants_v2 (account_id, position);
create index variants_v2_by_product on variants_v2 (account_id, product_key, position);
select tenant_table('variants_v2');

create table products_v2 (
  account_id uuid not null,
  product_key text not null,
  product_id text not null,
  title text not null,
  refs jsonb not null,
  revision integer not null,
  position text not null,
  primary key (account_id, product_key)
);
create index products_v2_by_position on products_v2 (account_id, position);
select tenant_table('products_v2');
