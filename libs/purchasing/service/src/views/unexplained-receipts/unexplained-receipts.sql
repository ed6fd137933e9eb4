-- Goods that no order explains, and what became of them.
create table unexplained_receipts_v1 (
  account_id uuid not null,
  organization_id uuid not null,
  unexplained_receipt_id uuid not null,
  warehouse_id uuid not null,
  -- Empty where it could not be read.
  external_receipt_id text,
  -- The order that the warehouse named; a foreign word, perhaps no id at all.
  purchase_order_id text,
  purchase_order_number text,
  received_at timestamptz not null,
  lines jsonb not null,
  unreadable jsonb,
  -- open, assigned (being booked), booked, dismissed
  status text not null,
  assigned_to uuid,
  reason text,
  created_at timestamptz not null,
  revision integer not null,
  position text not null,
  primary key (account_id, unexplained_receipt_id)
);
create index unexplained_receipts_v1_by_position on unexplained_receipts_v1 (account_id, position);
create index unexplained_receipts_v1_assigned on unexplained_receipts_v1 (position) where status = 'assigned';
select tenant_table('unexplained_receipts_v1');
