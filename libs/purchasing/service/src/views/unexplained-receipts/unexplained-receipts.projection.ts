import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedEvent } from '@stockproof/event-store';
import type { Projection } from '@stockproof/projections';
import type { UnexplainedReceiptEvent } from '@stockproof/purchasing-domain';
import { sql, type Statement } from '@stockproof/sql';

const statusAfter: Readonly<Record<UnexplainedReceiptEvent['type'], string>> = {
  UnexplainedReceiptKept: 'open',
  UnexplainedReceiptAssigned: 'assigned',
  AssignedReceiptBooked: 'booked',
  UnexplainedReceiptDismissed: 'dismissed',
};

const project = (events: readonly RecordedEvent[]): readonly Statement[] => events.map(rowOf);

const rowOf = ({ type, data, meta, revision, position }: RecordedEvent): Statement => {
  const event = { type, data } as UnexplainedReceiptEvent;
  const key = [meta.accountId, event.data.unexplainedReceiptId, statusAfter[event.type], revision, position];
  switch (event.type) {
    case 'UnexplainedReceiptKept': {
      const { warehouseId, externalReceiptId, purchaseOrderId, purchaseOrderNumber, receivedAt, lines, unreadable, decidedAt } = event.data;
      return sql(
        `insert into unexplained_receipts_v1 as r (account_id, unexplained_receipt_id, status, revision, position, organization_id, warehouse_id, external_receipt_id,
           purchase_order_id, purchase_order_number, received_at, lines, unreadable, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
         on conflict (account_id, unexplained_receipt_id) do update set status = excluded.status, revision = excluded.revision, position = excluded.position,
           lines = r.lines || excluded.lines`,
        ...[...key, meta.organizationId, warehouseId, externalReceiptId, purchaseOrderId, purchaseOrderNumber, receivedAt],
        ...[JSON.stringify(lines), unreadable === null ? null : JSON.stringify(unreadable), decidedAt],
      );
    }
    case 'UnexplainedReceiptAssigned':
      return sql(`${standing}, assigned_to = $6 where account_id = $1 and unexplained_receipt_id = $2`, ...key, event.data.purchaseOrderId);
    case 'AssignedReceiptBooked':
      // What the warehouse said meanwhile waits on.
      return sql(
        `update unexplained_receipts_v1 set status = case when status = 'assigned' then $3 else status end, revision = $4, position = $5
          where account_id = $1 and unexplained_receipt_id = $2`,
        ...key,
      );
    case 'UnexplainedReceiptDismissed':
      return sql(`${standing}, reason = $6 where account_id = $1 and unexplained_receipt_id = $2`, ...key, event.data.reason);
  }
};

const standing = 'update unexplained_receipts_v1 set status = $3, revision = $4, position = $5';

/** Goods that no order explains: the queue of purchasing. */
export const unexplainedReceiptsProjection: Projection = {
  name: 'unexplained-receipts',
  version: 1,
  ddl: readFileSync(join(__dirname, 'unexplained-receipts.sql'), 'utf8'),
  handles: Object.keys(statusAfter),
  project,
};
