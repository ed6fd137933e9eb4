-- What channels call the SKUs of an account; a name that was taken back stays as a row, so that readers learn of it.
create table sku_mappings_v1 (
  account_id uuid not null,
  channel_id text not null,
  theirs_key text not null,
  theirs text not null,
  sku text,
  revision integer not null,
  position text not null,
  primary key (account_id, channel_id, theirs_key)
);
create index sku_mappings_v1_by_position on sku_mappings_v1 (account_id, channel_id, position);
select tenant_table('sku_mappings_v1');
