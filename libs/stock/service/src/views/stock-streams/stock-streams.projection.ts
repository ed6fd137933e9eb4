import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedEvent } from '@stockproof/event-store';
import type { Projection } from '@stockproof/projections';
import { sql, type Statement } from '@stockproof/sql';
import { attemptEventTypes } from '../allocations/allocations.projection';
import { itemEventTypes } from '../stock-event';
import { warehouseEventTypes } from '../stock-levels/membership';

const categories = { 'stock.item': 'item', 'stock.allocation': 'allocation', 'stock.warehouse': 'warehouse' } as const;
/** What a stream is about. */
export type StreamKind = (typeof categories)[keyof typeof categories];

const kindOf = (stream: string): StreamKind | null => {
  const category = stream.slice(0, stream.indexOf('-'));
  return Object.hasOwn(categories, category) ? categories[category as keyof typeof categories] : null;
};

const project = (events: readonly RecordedEvent[]): readonly Statement[] => {
  const last = new Map(events.filter((event) => event.meta.accountId !== null).map((event) => [event.stream, event]));
  const rows = [...last.values()].flatMap(({ stream, meta, position, revision }) => {
    const kind = kindOf(stream);
    const accountId = meta.accountId ?? '';
    const key = stream.slice(stream.indexOf('-') + accountId.length + 2);
    return kind === null ? [] : [{ accountId, kind, key, position, revision }];
  });
  if (rows.length === 0) return [];
  return [
    sql(
      `insert into stock_streams_v1 as s (account_id, kind, key, position, revision)
       select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bigint[])
       on conflict (account_id, kind, key) do update set position = excluded.position, revision = excluded.revision`,
      rows.map((row) => row.accountId),
      rows.map((row) => row.kind),
      rows.map((row) => row.key),
      rows.map((row) => row.position),
      rows.map((row) => row.revision),
    ),
  ];
};

/** The streams of each account, for the verifier. */
export const stockStreamsProjection: Projection = {
  name: 'stock-streams',
  version: 1,
  ddl: readFileSync(join(__dirname, 'stock-streams.sql'), 'utf8'),
  handles: [...itemEventTypes, ...attemptEventTypes, ...warehouseEventTypes],
  project,
};
