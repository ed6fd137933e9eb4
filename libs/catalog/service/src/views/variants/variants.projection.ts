import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Component, Description, VariantEvent } from '@stockproof/catalog-domain';
import type { RecordedEvent } from '@stockproof/event-store';
import type { Projection } from '@stockproof/projections';
import { sql, type Statement } from '@stockproof/sql';
import { skuKey } from '@stockproof/vocabulary';

/** What a batch says of one variant in the end; what it does not mention stays as it is. */
type Said = {
  readonly accountId: string;
  readonly key: string;
  variantId: string;
  sku: string;
  description: Description | null;
  components: readonly Component[] | null;
  archived: boolean | null;
  revision: number;
  position: string;
};

const project = (events: readonly RecordedEvent[]): readonly Statement[] => {
  const said = new Map<string, Said>();
  for (const recorded of events) note(said, recorded);
  const rows = [...said.values()];
  const added = rows.filter((row) => row.components !== null);
  const changed = rows.filter((row) => row.components === null);
  return [...(added.length === 0 ? [] : [put(added)]), ...(changed.length === 0 ? [] : [change(changed)])];
};

const note = (said: Map<string, Said>, { type, data, meta, revision, position }: RecordedEvent): void => {
  const event = { type, data } as VariantEvent;
  const [accountId, key] = [meta.accountId ?? '', skuKey(event.data.sku)];
  const { variantId, sku } = event.data;
  const row = said.get(`${accountId} ${key}`) ?? {
    accountId,
    key,
    variantId,
    sku,
    description: null,
    components: null,
    archived: null,
    revision,
    position,
  };
  Object.assign(row, { sku, revision, position }, saidBy(event));
  said.set(`${accountId} ${key}`, row);
};

const saidBy = (event: VariantEvent): Partial<Said> => {
  switch (event.type) {
    case 'VariantAdded':
      return { description: event.data.description, components: event.data.components, archived: false };
    case 'VariantRedescribed':
      return { description: event.data.description };
    case 'VariantArchived':
      return { archived: true };
  }
};

const json = (value: object | null): string | null => value && JSON.stringify(value);

const put = (rows: readonly Said[]): Statement =>
  sql(
    `insert into variants_v1 (account_id, sku_key, variant_id, sku, description, components, archived, revision, position)
     select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::jsonb[], $6::jsonb[], $7::boolean[], $8::integer[], $9::text[])
     on conflict (account_id, sku_key) do update set sku = excluded.sku, description = excluded.description, components = excluded.components,
       archived = excluded.archived, revision = excluded.revision, position = excluded.position`,
    rows.map((row) => row.accountId),
    rows.map((row) => row.key),
    rows.map((row) => row.variantId),
    rows.map((row) => row.sku),
    rows.map((row) => json(row.description)),
    rows.map((row) => json(row.components)),
    rows.map((row) => row.archived),
    rows.map((row) => row.revision),
    rows.map((row) => row.position),
  );

const change = (rows: readonly Said[]): Statement =>
  sql(
    `update variants_v1 v set description = coalesce(u.description, v.description), archived = coalesce(u.archived, v.archived), revision = u.revision, position = u.position
       from unnest($1::uuid[], $2::text[], $3::jsonb[], $4::boolean[], $5::integer[], $6::text[]) u(account_id, sku_key, description, archived, revision, position)
      where v.account_id = u.account_id and v.sku_key = u.sku_key`,
    rows.map((row) => row.accountId),
    rows.map((row) => row.key),
    rows.map((row) => json(row.description)),
    rows.map((row) => row.archived),
    rows.map((row) => row.revision),
    rows.map((row) => row.position),
  );

/** What an account sells. */
export const variantsProjection: Projection = {
  name: 'variants',
  version: 1,
  ddl: readFileSync(join(__dirname, 'variants.sql'), 'utf8'),
  handles: ['VariantAdded', 'VariantRedescribed', 'VariantArchived'],
  project,
};
