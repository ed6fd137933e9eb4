import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedEvent } from '@stockproof/event-store';
import type { Projection } from '@stockproof/projections';
import { sql, type Statement } from '@stockproof/sql';
import type { ItemEvent } from '@stockproof/stock-domain';
import { skuKey } from '@stockproof/vocabulary';

type Found = Extract<ItemEvent, { readonly type: 'StockShortfallFound' }>['data'];

const project = (events: readonly RecordedEvent[]): readonly Statement[] => {
  const column = (value: (found: Found, event: RecordedEvent) => unknown) => events.map((event) => value(event.data as Found, event));
  return [
    sql(
      `insert into stock_shortfalls_v1 (account_id, position, sku_key, sku, warehouse_id, missing, uncovered, unlisted, found_at)
       select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::bigint[], $7::jsonb[], $8::bigint[], $9::timestamptz[])`,
      column((_, { meta }) => meta.accountId),
      column((_, { position }) => position),
      column(({ sku }) => skuKey(sku)),
      column(({ sku }) => sku),
      column(({ warehouseId }) => warehouseId),
      column(({ missing }) => missing),
      column(({ uncovered }) => JSON.stringify(uncovered)),
      column(({ unlisted = 0 }) => unlisted),
      column(({ decidedAt }) => decidedAt),
    ),
  ];
};

/** Promises that were uncovered, as it was found each time. */
export const shortfallsProjection: Projection = {
  name: 'shortfalls',
  version: 1,
  ddl: readFileSync(join(__dirname, 'shortfalls.sql'), 'utf8'),
  handles: ['StockShortfallFound'],
  project: (events) => (events.length === 0 ? [] : project(events)),
};
