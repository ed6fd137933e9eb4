import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedEvent } from '@stockproof/event-store';
import type { Projection } from '@stockproof/projections';
import { sql, type Statement } from '@stockproof/sql';
import { partRows, saidBy, type Said, type SaidOfOrder, type SaidOfShipment, type SaidOfUnit } from './said-of-orders';
import { deriveStatus } from './derive-status';
import { unnested, type Column } from './unnested';

type Row<V> = { readonly account: string; readonly id: string } & V;

const rowsOf = <V extends object>(map: ReadonlyMap<string, V>): readonly Row<V>[] =>
  [...map].map(([key, value]) => {
    const [account = '', id = ''] = key.split(' ');
    return { ...value, account, id };
  });

const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));

const newOrder: readonly Column<Row<SaidOfOrder>>[] = [
  ['account_id', 'uuid', (row) => row.account],
  ['order_id', 'uuid', (row) => row.id],
  ['number', 'text', (row) => row.created?.number],
  ['channel_id', 'uuid', (row) => row.created?.channelId ?? null],
  ['channel_order_number', 'text', (row) => row.created?.channelOrderNumber ?? null],
  ['order_date', 'timestamptz', (row) => row.created?.orderDate],
  ['arrived_at', 'timestamptz', (row) => row.created?.arrivedAt],
  ['warehouse_id', 'uuid', (row) => row.created?.warehouseId ?? null],
  ['ship_to', 'jsonb', (row) => json(row.created?.shipTo ?? undefined)],
  ['ship_to_country', 'text', (row) => row.created?.shipToCountry ?? null],
  ['lines', 'jsonb', (row) => json(row.created?.lines)],
];

const changedOrder: readonly Column<Row<SaidOfOrder>>[] = [
  ['account_id', 'uuid', (row) => row.account],
  ['order_id', 'uuid', (row) => row.id],
  ['stage', 'text', (row) => row.stage ?? null],
  ['backordered', 'boolean', (row) => row.backordered ?? null],
  ['reasons', 'jsonb', (row) => json(row.reasons)],
  ['says_release', 'boolean', (row) => row.releaseAt !== undefined],
  ['release_at', 'timestamptz', (row) => row.releaseAt ?? null],
  ['closed', 'jsonb', (row) => json(row.closed)],
  ['revision', 'integer', (row) => row.last.revision],
  ['position', 'text', (row) => row.last.position],
];

const changedShipment: readonly Column<Row<SaidOfShipment>>[] = [
  ['account_id', 'uuid', (row) => row.account],
  ['shipment_id', 'uuid', (row) => row.id],
  ['order_id', 'uuid', (row) => row.created?.orderId ?? null],
  ['warehouse_id', 'uuid', (row) => row.created?.warehouseId ?? null],
  ['created_at', 'timestamptz', (row) => row.created?.at ?? null],
  ['carrier_service', 'jsonb', (row) => json(row.created?.carrierService ?? undefined)],
  ['warnings', 'jsonb', (row) => json(row.warnings)],
  ['part_left', 'boolean', (row) => row.partLeft ?? false],
  ['status', 'text', (row) => row.status ?? null],
  ['external_id', 'text', (row) => row.externalId ?? null],
  ['says_failure', 'boolean', (row) => row.failure !== undefined],
  ['failure', 'text', (row) => row.failure ?? null],
  ['packages', 'jsonb', (row) => json(row.packages)],
  ['position', 'text', (row) => row.last.position],
];

const changedUnit: readonly Column<Row<SaidOfUnit>>[] = [
  ['account_id', 'uuid', (row) => row.account],
  ['allocation_id', 'uuid', (row) => row.id],
  ['shipment_id', 'uuid', (row) => row.created?.shipmentId ?? null],
  ['order_id', 'uuid', (row) => row.created?.orderId ?? null],
  ['line_number', 'integer', (row) => row.created?.lineNumber ?? null],
  ['part_id', 'text', (row) => row.created?.lineId ?? null],
  ['sku', 'text', (row) => row.created?.sku ?? null],
  ['quantity', 'integer', (row) => row.created?.quantity ?? null],
  ['shipped', 'integer', (row) => row.shipped ?? null],
  ['released', 'boolean', (row) => row.released ?? null],
];

const insertOrders = (rows: readonly Row<SaidOfOrder>[]): readonly Statement[] => {
  const created = rows.filter((row) => row.created !== undefined);
  if (created.length === 0) return [];
  return [
    unnested(
      newOrder,
      created,
      (
        u,
      ) => `insert into sales_orders_v2 (account_id, order_id, number, channel_id, channel_order_number, order_date, arrived_at, warehouse_id, ship_to, ship_to_country, lines,
                stage, status, backordered, reasons, closed, revision, position)
              select u.*, 'draft', 'draft', false, '[]', '{}', 0, '' from ${u} on conflict do nothing`,
    ),
    insertParts(created.flatMap((row) => (row.created ? partsOfRow(row, row.created) : []))),
  ];
};

type Part = ReturnType<typeof partRows>[number] & { readonly account: string; readonly id: string };

const partsOfRow = ({ account, id }: Row<SaidOfOrder>, said: Parameters<typeof partRows>[0]): readonly Part[] =>
  partRows(said).map((part) => ({ account, id, ...part }));

const insertParts = (parts: readonly Part[]): Statement =>
  unnested<Part>(
    [
      ['account_id', 'uuid', (row) => row.account],
      ['order_id', 'uuid', (row) => row.id],
      ['line_id', 'text', (row) => row.lineId],
      ['part_id', 'text', (row) => row.partId],
      ['wanted', 'integer', (row) => row.wanted],
      ['per', 'integer', (row) => row.per],
    ],
    parts,
    (u) =>
      `insert into sales_order_parts_v2 (account_id, order_id, line_id, part_id, wanted, per) select u.* from ${u} on conflict do nothing`,
  );

const revisedOrder: readonly Column<Row<SaidOfOrder>>[] = [
  ['account_id', 'uuid', (row) => row.account],
  ['order_id', 'uuid', (row) => row.id],
  ['order_date', 'timestamptz', (row) => row.revised?.orderDate],
  ['warehouse_id', 'uuid', (row) => row.revised?.warehouseId],
  ['ship_to', 'jsonb', (row) => json(row.revised?.shipTo ?? undefined)],
  ['ship_to_country', 'text', (row) => row.revised?.shipToCountry],
  ['lines', 'jsonb', (row) => json(row.revised?.lines)],
];

/** What was ordered before counts no more. */
const reviseOrders = (rows: readonly Row<SaidOfOrder>[]): readonly Statement[] => {
  const revised = rows.filter((row) => row.revised !== undefined);
  if (revised.length === 0) return [];
  return [
    unnested(
      revisedOrder,
      revised,
      (
        u,
      ) => `update sales_orders_v2 o set order_date = u.order_date, warehouse_id = u.warehouse_id, ship_to = u.ship_to, ship_to_country = u.ship_to_country,
                lines = u.lines from ${u} where o.account_id = u.account_id and o.order_id = u.order_id`,
    ),
    unnested(
      revisedOrder.slice(0, 2),
      revised,
      (u) => `delete from sales_order_parts_v2 p using ${u} where p.account_id = u.account_id and p.order_id = u.order_id`,
    ),
    insertParts(revised.flatMap((row) => (row.revised ? partsOfRow(row, row.revised) : []))),
  ];
};

const updateOrders = (rows: readonly Row<SaidOfOrder>[]): Statement =>
  unnested(
    changedOrder,
    rows,
    (
      u,
    ) => `update sales_orders_v2 o set stage = coalesce(u.stage, o.stage), backordered = coalesce(u.backordered, o.backordered), reasons = coalesce(u.reasons, o.reasons),
              release_at = case when u.says_release then u.release_at else o.release_at end,
              closed = (select coalesce(jsonb_object_agg(k, coalesce((o.closed ->> k)::int, 0) + coalesce((u.closed ->> k)::int, 0)), '{}')
                          from (select jsonb_object_keys(o.closed || u.closed) as k) keys),
              revision = u.revision, position = u.position
              from ${u} where o.account_id = u.account_id and o.order_id = u.order_id`,
  );

const putShipments = (said: Said): readonly Statement[] => {
  const shipments = rowsOf(said.shipments);
  if (shipments.length === 0) return [];
  const units = rowsOf(said.units);
  return [
    unnested(
      changedShipment,
      shipments.filter((row) => row.created !== undefined),
      (
        u,
      ) => `insert into sales_shipments_v2 (account_id, shipment_id, order_id, warehouse_id, status, packages, carrier_service, warnings, created_at, position)
              select u.account_id, u.shipment_id, u.order_id, u.warehouse_id, 'ready-to-send', '{}', u.carrier_service, '[]', u.created_at, u.position from ${u} on conflict do nothing`,
    ),
    unnested(
      changedShipment,
      shipments,
      (
        u,
      ) => `update sales_shipments_v2 s set status = coalesce(u.status, case when u.part_left and s.status <> 'cancel-requested' then 'short-shipped' else s.status end), external_id = coalesce(u.external_id, s.external_id),
                failure = case when u.says_failure then u.failure else s.failure end, packages = s.packages || u.packages, warnings = s.warnings || u.warnings, position = u.position
                from ${u} where s.account_id = u.account_id and s.shipment_id = u.shipment_id`,
    ),
    unnested(
      changedUnit,
      units.filter((row) => row.created !== undefined),
      (
        u,
      ) => `insert into sales_shipment_units_v2 (account_id, allocation_id, shipment_id, order_id, line_number, part_id, sku, quantity, shipped, released)
              select u.account_id, u.allocation_id, u.shipment_id, u.order_id, u.line_number, u.part_id, u.sku, u.quantity, 0, false from ${u} on conflict do nothing`,
    ),
    unnested(
      changedUnit,
      units,
      (
        u,
      ) => `update sales_shipment_units_v2 s set shipped = greatest(s.shipped, coalesce(u.shipped, 0)), released = coalesce(u.released, s.released)
                from ${u} where s.account_id = u.account_id and s.allocation_id = u.allocation_id`,
    ),
  ];
};

const project = (events: readonly RecordedEvent[]): readonly Statement[] => {
  const said = saidBy(events);
  const orders = rowsOf(said.orders);
  if (orders.length === 0) return [];
  const touched = { accounts: orders.map((row) => row.account), ids: orders.map((row) => row.id) };
  return [
    ...insertOrders(orders),
    ...reviseOrders(orders),
    updateOrders(orders),
    ...putShipments(said),
    sql(deriveStatus, touched.accounts, touched.ids),
  ];
};

/** Orders with their shipments, and the status that follows from them. */
export const salesOrdersProjection: Projection = {
  name: 'sales-orders',
  version: 2,
  ddl: readFileSync(join(__dirname, 'sales-orders.sql'), 'utf8'),
  handles: [
    'SalesOrderCreated',
    'SalesOrderRevised',
    'SalesOrderApproved',
    'SalesOrderUnlocked',
    'SalesOrderCancelled',
    'SalesOrderPutOnHold',
    'SalesOrderHoldReleased',
    'AllocationAsked',
    'AllocationTakenBack',
    'SalesOrderBackordered',
    'StockHeldForOrder',
    'ShipmentCreated',
    'ShipmentAcceptedByWarehouse',
    'ShipmentExportFailed',
    'ShipmentUnitsLeft',
    'ShipmentClosedShort',
    'ShipmentCancelRequested',
    'ShipmentCancelRefused',
    'ShipmentCancelled',
    'ShipmentMoveAsked',
    'ShipmentMovePromised',
    'ShipmentMoveRefused',
    'ShipmentConflictFound',
    'OrderLinesClosed',
    'ShopUpdateDue',
    'ShopTold',
    'ShopRefused',
    'ExceptionSettled',
  ],
  project,
};
