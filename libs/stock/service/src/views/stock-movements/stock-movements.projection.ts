import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedEvent } from '@stockproof/event-store';
import type { Projection } from '@stockproof/projections';
import { sql, type Statement } from '@stockproof/sql';
import { skuKey } from '@stockproof/vocabulary';
import { itemEventTypes, stockEventOf } from '../stock-event';

const columns: readonly (readonly [name: string, type: string])[] = [
  ['account_id', 'uuid'],
  ['position', 'text'],
  ['ordinal', 'integer'],
  ['event_id', 'uuid'],
  ['sku_key', 'text'],
  ['sku', 'text'],
  ['warehouse_id', 'uuid'],
  ['cause', 'text'],
  ['effective_at', 'timestamptz'],
  ['recorded_at', 'timestamptz'],
  ['total', 'bigint'],
  ['unsellable', 'bigint'],
  ['allocated', 'bigint'],
  ['held', 'bigint'],
  ['incoming', 'bigint'],
  ['actor', 'text'],
  ['order_id', 'text'],
  ['reference', 'text'],
  ['reason', 'text'],
];

const rowsOf = (event: RecordedEvent): readonly (readonly unknown[])[] => {
  const { accountId, sku, changes } = stockEventOf(event);
  const text = (name: string): string | null => (typeof event.data[name] === 'string' ? event.data[name] : null);
  const reference = text('reference') ?? text('reportId') ?? text('receiptId') ?? text('purchaseOrderId') ?? text('allocationId');
  return changes.map((change, ordinal) => [
    accountId,
    event.position,
    ordinal,
    event.id,
    skuKey(sku),
    sku,
    change.warehouseId,
    event.type,
    change.at,
    event.recordedAt,
    change.total ?? 0,
    change.unsellable ?? 0,
    change.allocated ?? 0,
    change.held ?? 0,
    change.incoming ?? 0,
    event.meta.actor,
    text('orderId'),
    reference,
    text('reason'),
  ]);
};

const project = (events: readonly RecordedEvent[]): readonly Statement[] => {
  const rows = events.flatMap(rowsOf);
  if (rows.length === 0) return [];
  const casts = columns.map(([, type], index) => `$${index + 1}::${type}[]`);
  const names = columns.map(([name]) => name);
  return [
    sql(
      `insert into stock_movements_v1 (${names.join(', ')}) select * from unnest(${casts.join(', ')})`,
      ...columns.map((_, index) => rows.map((row) => row[index])),
    ),
  ];
};

/** The ledger: one row per change. */
export const stockMovementsProjection: Projection = {
  name: 'stock-movements',
  version: 1,
  ddl: readFileSync(join(__dirname, 'stock-movements.sql'), 'utf8'),
  handles: itemEventTypes,
  project,
};
