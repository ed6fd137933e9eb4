-- Warehouses as tenancy told of them, disabled ones included: what a basket is decided with as an order would be, and what a question
-- about the past may name.
create table known_warehouses (
  account_id uuid not null,
  warehouse_id uuid not null,
  code text not null,
  kind text not null,
  priority integer not null,
  -- Whether its stock is looked at: it does not manage its back-orders itself.
  checked boolean not null,
  enabled boolean not null,
  sequence bigint not null,
  primary key (account_id, warehouse_id)
);
grant select on known_warehouses to stock_writer;
