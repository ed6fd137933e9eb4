-- What an account sells, by SKU whatever its spelling.
create table variants_v1 (
  account_id uuid not null,
  sku_key text not null,
  variant_id uuid not null,
  sku text not null,
  description jsonb not null,
  components jsonb not null,
  archived boolean not null,
  revision integer not null,
  position text not null,
  primary key (account_id, sku_key)
);
create index variants_v1_by_position on variants_v1 (account_id, position);
select tenant_table('variants_v1');
