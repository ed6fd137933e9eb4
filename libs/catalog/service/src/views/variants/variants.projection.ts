import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  here,
  wholeDescription,
  type Component,
  type Description,
  type ProductSource,
  type VariantEvent,
} from '@stockproof/catalog-domain';
import type { RecordedEvent } from '@stockproof/event-store';
import type { Projection } from '@stockproof/projections';
import { sql, type Statement } from '@stockproof/sql';
import { skuKey } from '@stockproof/vocabulary';
import { productStatements } from './product-rows';

/** What a batch says of one variant in the end; what it does not mention stays as it is. */
type Said = {
  readonly accountId: string;
  readonly key: string;
  readonly variantId: string;
  sku: string;
  description: Description | null;
  components: readonly Component[] | null;
  alternates: readonly string[] | null;
  archived: boolean | null;
  origin: ProductSource | null;
  revision: number;
  position: string;
};

const project = (events: readonly RecordedEvent[]): readonly Statement[] => {
  const said = new Map<string, Said>();
  for (const recorded of events) if (recorded.type !== 'ProductDescribed') note(said, recorded);
  const rows = [...said.values()];
  const added = rows.filter((row) => row.components !== null);
  const changed = rows.filter((row) => row.components === null || row.alternates !== null);
  return [
    ...(added.length === 0 ? [] : [put(added)]),
    ...(changed.length === 0 ? [] : [change(changed)]),
    ...productStatements(events.filter(({ type }) => type === 'ProductDescribed')),
  ];
};

const nothingSaid = { description: null, components: null, alternates: null, archived: null, origin: null };

const note = (said: Map<string, Said>, { type, data, meta, revision, position }: RecordedEvent): void => {
  const event = { type, data } as VariantEvent;
  const { variantId, sku } = event.data;
  const [accountId, key] = [meta.accountId ?? '', skuKey(sku)];
  const row = said.get(`${accountId} ${key}`) ?? { accountId, key, variantId, sku, ...nothingSaid, revision, position };
  Object.assign(row, { sku, revision, position }, saidBy(event));
  said.set(`${accountId} ${key}`, row);
};

const saidBy = (event: VariantEvent): Partial<Said> => {
  switch (event.type) {
    case 'VariantAdded': {
      const { description, components, origin = here } = event.data;
      return { description: wholeDescription(description), components, archived: false, origin };
    }
    case 'VariantRedescribed':
      return { description: wholeDescription(event.data.description), origin: event.data.origin ?? here };
    case 'VariantAlternatesNamed':
      return { alternates: event.data.alternates };
    case 'VariantSupplied':
      return {};
    case 'VariantArchived':
      return { archived: true, origin: event.data.origin ?? here };
  }
};

const json = (value: object | null): string | null => value && JSON.stringify(value);
const productKeyOf = ({ description }: Said): string | null =>
  typeof description?.productId === 'string' ? skuKey(description.productId) : null;

const put = (rows: readonly Said[]): Statement =>
  sql(
    `insert into variants_v2 (account_id, sku_key, variant_id, sku, description, components, archived, origin, product_key, revision, position)
     select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::jsonb[], $6::jsonb[], $7::boolean[], $8::jsonb[], $9::text[], $10::integer[], $11::text[])
     on conflict (account_id, sku_key) do update set sku = excluded.sku, description = excluded.description, components = excluded.components,
       archived = excluded.archived, origin = excluded.origin, product_key = excluded.product_key, revision = excluded.revision, position = excluded.position`,
    rows.map((row) => row.accountId),
    rows.map((row) => row.key),
    rows.map((row) => row.variantId),
    rows.map((row) => row.sku),
    rows.map((row) => json(row.description)),
    rows.map((row) => json(row.components)),
    rows.map((row) => row.archived),
    rows.map((row) => json(row.origin)),
    rows.map(productKeyOf),
    rows.map((row) => row.revision),
    rows.map((row) => row.position),
  );

const change = (rows: readonly Said[]): Statement =>
  sql(
    `update variants_v2 v set description = coalesce(u.description, v.description), alternates = coalesce(u.alternates, v.alternates),
       archived = coalesce(u.archived, v.archived), origin = coalesce(u.origin, v.origin),
       product_key = case when u.description is null then v.product_key else u.product_key end, revision = u.revision, position = u.position
       from unnest($1::uuid[], $2::text[], $3::jsonb[], $4::jsonb[], $5::boolean[], $6::jsonb[], $7::text[], $8::integer[], $9::text[])
         u(account_id, sku_key, description, alternates, archived, origin, product_key, revision, position)
      where v.account_id = u.account_id and v.sku_key = u.sku_key`,
    rows.map((row) => row.accountId),
    rows.map((row) => row.key),
    rows.map((row) => json(row.description)),
    rows.map((row) => json(row.alternates)),
    rows.map((row) => row.archived),
    rows.map((row) => json(row.origin)),
    rows.map(productKeyOf),
    rows.map((row) => row.revision),
    rows.map((row) => row.position),
  );

/** What an account sells, and the products that group it. */
export const variantsProjection: Projection = {
  name: 'variants',
  version: 2,
  ddl: readFileSync(join(__dirname, 'variants.sql'), 'utf8'),
  handles: ['VariantAdded', 'VariantRedescribed', 'VariantAlternatesNamed', 'VariantSupplied', 'VariantArchived', 'ProductDescribed'],
  project,
};
