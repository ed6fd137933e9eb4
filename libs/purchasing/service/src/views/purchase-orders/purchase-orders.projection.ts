import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedEvent } from '@stockproof/event-store';
import type { Projection } from '@stockproof/projections';
import type { Content, PurchaseOrderEvent } from '@stockproof/purchasing-domain';
import { sql, type Statement } from '@stockproof/sql';
import { exportRows } from './export-rows';
import { receiptRows } from './receipt-rows';

/** An event of an order, with where it stands. */
export type Noted = {
  readonly accountId: string;
  readonly organizationId: string;
  readonly id: string;
  readonly event: PurchaseOrderEvent;
  readonly revision: number;
  readonly position: string;
};

const notedOf = ({ type, data, meta, revision, position }: RecordedEvent): Noted => {
  const event = { type, data } as PurchaseOrderEvent;
  return {
    accountId: meta.accountId ?? '',
    organizationId: meta.organizationId,
    id: event.data.purchaseOrderId,
    event,
    revision,
    position,
  };
};

/** Purchase orders are few beside what they move: one event at a time, its lines together. */
const project = (events: readonly RecordedEvent[]): readonly Statement[] =>
  events.map(notedOf).flatMap((noted) => [...rows(noted), stand(noted)]);

const rows = (noted: Noted): readonly Statement[] => {
  const { accountId, id, event } = noted;
  switch (event.type) {
    case 'PurchaseOrderDrafted':
      return [newOrder(noted, event.data.decidedAt, event.data.content), ...contentRows(noted, event.data.content)];
    case 'PurchaseOrderCorrected':
      return contentRows(noted, event.data.content);
    case 'ReceiptBooked': {
      const { lines, short, warnings } = event.data;
      return [
        ...receiptRows(noted, event),
        addReceived(noted, lines),
        addWarnings(noted, warnings),
        sql(
          'update purchase_orders_v2 set short_received = $3, receipts = receipts + 1 where account_id = $1 and purchase_order_id = $2',
          accountId,
          id,
          short,
        ),
      ];
    }
    case 'ReceiptNotUnderstood':
      return [
        ...receiptRows(noted, event),
        addWarnings(
          noted,
          event.data.lines.map(({ line, because }) => ({ code: because, line })),
        ),
      ];
    case 'PurchaseOrderCancelled':
    case 'PurchaseOrderReceived':
      return [
        sql(
          'update purchase_orders_v2 set short_received = false, ended_reason = $3 where account_id = $1 and purchase_order_id = $2',
          accountId,
          id,
          event.data.reason,
        ),
        ...exportRows(noted),
      ];
    case 'PurchaseOrderApproved':
      return [];
    case 'PurchaseOrderUnlocked':
    case 'PurchaseOrderExportBegun':
    case 'PurchaseOrderExportAccepted':
    case 'PurchaseOrderExportRefused':
    case 'PurchaseOrderTakeBackAnswered':
      return exportRows(noted);
  }
};

const newOrder = (
  { accountId, organizationId, id, revision, position }: Noted,
  createdAt: string,
  { number, supplier, warehouseId }: Content,
): Statement =>
  sql(
    `insert into purchase_orders_v2 (account_id, purchase_order_id, number, supplier_code, supplier_name, warehouse_id, status, created_at, revision, position, organization_id)
     values ($1, $2, $3, $4, $5, $6, 'draft', $7, $8, $9, $10)`,
    ...[accountId, id, number, supplier.code, supplier.name, warehouseId, createdAt, revision, position, organizationId],
  );

const contentRows = (
  { accountId, id }: Noted,
  { number, supplier, warehouseId, expectedAt, cancelAfter, reference, lines }: Content,
): readonly Statement[] => [
  sql(
    `update purchase_orders_v2 set number = $3, supplier_code = $4, supplier_name = $5, warehouse_id = $6, expected_at = $7, reference = $8, cancel_after = $9
      where account_id = $1 and purchase_order_id = $2`,
    ...[accountId, id, number, supplier.code, supplier.name, warehouseId, expectedAt, reference, cancelAfter],
  ),
  sql('delete from purchase_order_lines_v2 where account_id = $1 and purchase_order_id = $2', accountId, id),
  sql(
    `insert into purchase_order_lines_v2 (account_id, purchase_order_id, line_id, place, sku, quantity, lot, serial)
     select $1, $2, u.* from unnest($3::text[], $4::integer[], $5::text[], $6::bigint[], $7::text[], $8::text[]) u`,
    accountId,
    id,
    lines.map((line) => line.lineId),
    lines.map((_, index) => index),
    lines.map((line) => line.sku),
    lines.map((line) => line.quantity),
    lines.map((line) => line.lot),
    lines.map((line) => line.serial),
  ),
];

const addReceived = ({ accountId, id }: Noted, lines: readonly { readonly lineId: string; readonly quantity: number }[]): Statement =>
  sql(
    `update purchase_order_lines_v2 l set received = l.received + u.quantity
       from (select line_id, sum(quantity) as quantity from unnest($3::text[], $4::bigint[]) b(line_id, quantity) group by line_id) u
      where l.account_id = $1 and l.purchase_order_id = $2 and l.line_id = u.line_id`,
    accountId,
    id,
    lines.map((line) => line.lineId),
    lines.map((line) => line.quantity),
  );

const addWarnings = ({ accountId, id }: Noted, warnings: readonly object[]): Statement =>
  sql(
    'update purchase_orders_v2 set warnings = warnings || $3::jsonb where account_id = $1 and purchase_order_id = $2',
    accountId,
    id,
    JSON.stringify(warnings),
  );

const statusAfter: Readonly<Record<PurchaseOrderEvent['type'], string | null>> = {
  PurchaseOrderDrafted: 'draft',
  PurchaseOrderCorrected: 'draft',
  PurchaseOrderApproved: 'approved',
  PurchaseOrderUnlocked: 'draft',
  PurchaseOrderExportBegun: null,
  PurchaseOrderExportAccepted: 'receiving',
  PurchaseOrderExportRefused: null,
  PurchaseOrderTakeBackAnswered: null,
  PurchaseOrderCancelled: 'cancelled',
  PurchaseOrderReceived: 'received',
  ReceiptBooked: 'receiving',
  ReceiptNotUnderstood: null,
};

/** Goods, and a warehouse that expects them, make an approved order receiving; one that is over stays so. */
const stand = ({ accountId, id, event, revision, position }: Noted): Statement =>
  sql(
    `update purchase_orders_v2 set status = case when $3::text is null or ($3 = 'receiving' and status <> 'approved') then status else $3 end, revision = $4, position = $5
      where account_id = $1 and purchase_order_id = $2`,
    ...[accountId, id, statusAfter[event.type], revision, position],
  );

/** What was ordered from suppliers, and what came of it. */
export const purchaseOrdersProjection: Projection = {
  name: 'purchase-orders',
  version: 2,
  ddl: readFileSync(join(__dirname, 'purchase-orders.sql'), 'utf8'),
  handles: Object.keys(statusAfter),
  project,
};
