-- Shipments that were to move to another warehouse, and what became of it.
create table sales_shipment_moves_v1 (
  account_id uuid not null,
  order_id uuid not null,
  shipment_id uuid not null,
  attempt integer not null,
  from_warehouse_id uuid not null,
  to_warehouse_id uuid not null,
  reason text not null,
  asked_at timestamptz not null,
  status text not null,
  because text,
  to_shipment_id uuid,
  ended_at timestamptz,
  primary key (account_id, order_id, attempt)
);
select tenant_table('sales_shipment_moves_v1');
