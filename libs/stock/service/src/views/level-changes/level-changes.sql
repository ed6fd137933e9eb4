-- In which order the figures of which SKU changed. The figures themselves are those of the view of levels: here is one row per change,
-- with the SKU's own count of changes. The count follows from the events alone – one for each that changes a figure of the SKU, one for
-- each change of membership where the account has the SKU – so a rebuild gives the same numbers, however the log is cut into batches.
create table stock_level_changes_v1 (
  account_id uuid not null,
  position text collate "C" not null,
  sku_key text collate "C" not null,
  sequence bigint not null,
  primary key (account_id, position, sku_key)
);
select tenant_table('stock_level_changes_v1');

-- How often each SKU has changed so far.
create table stock_level_counts_v1 (
  account_id uuid not null,
  sku_key text not null,
  sequence bigint not null,
  primary key (account_id, sku_key)
);

-- Which virtual warehouses each account uses, and what they consist of.
create table stock_level_virtuals_v1 (
  account_id uuid not null,
  warehouse_id uuid not null,
  primary key (account_id, warehouse_id)
);
create table stock_level_members_v1 (
  warehouse_id uuid not null,
  member_id uuid not null,
  primary key (warehouse_id, member_id)
);

-- The same for HTTP, where an account sees the members of its own virtual warehouses and nothing of others.
create table stock_virtual_members_v1 (
  account_id uuid not null,
  warehouse_id uuid not null,
  member_id uuid not null,
  primary key (account_id, warehouse_id, member_id)
);
select tenant_table('stock_virtual_members_v1');
