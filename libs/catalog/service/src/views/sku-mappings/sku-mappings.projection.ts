import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SkuMappingEvent } from '@stockproof/catalog-domain';
import type { RecordedEvent } from '@stockproof/event-store';
import type { Projection } from '@stockproof/projections';
import { sql, type Statement } from '@stockproof/sql';
import { skuKey } from '@stockproof/vocabulary';

const project = (events: readonly RecordedEvent[]): readonly Statement[] => {
  const last = new Map(events.map((event) => [event.stream, rowOf(event)]));
  const rows = [...last.values()];
  return [
    sql(
      `insert into sku_mappings_v1 (account_id, channel_id, theirs_key, theirs, sku, revision, position)
       select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::integer[], $7::text[])
       on conflict (account_id, channel_id, theirs_key) do update set theirs = excluded.theirs, sku = excluded.sku, revision = excluded.revision, position = excluded.position`,
      rows.map((row) => row.accountId),
      rows.map((row) => row.channelId),
      rows.map((row) => skuKey(row.theirs)),
      rows.map((row) => row.theirs),
      rows.map((row) => row.sku),
      rows.map((row) => row.revision),
      rows.map((row) => row.position),
    ),
  ];
};

const rowOf = ({ type, data, meta, revision, position }: RecordedEvent) => {
  const event = { type, data } as SkuMappingEvent;
  const { channelId, theirs } = event.data;
  return { accountId: meta.accountId, channelId, theirs, sku: event.type === 'SkuMapped' ? event.data.sku : null, revision, position };
};

/** What channels call the SKUs of an account. */
export const skuMappingsProjection: Projection = {
  name: 'sku-mappings',
  version: 1,
  ddl: readFileSync(join(__dirname, 'sku-mappings.sql'), 'utf8'),
  handles: ['SkuMapped', 'SkuMappingRemoved'],
  project,
};
