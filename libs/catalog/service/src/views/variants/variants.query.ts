import type { Component, Description, ProductSource } from '@stockproof/catalog-domain';
import { sql, type Queryable, type TenantReader } from '@stockproof/sql';
import { skuKey, type AccountId, type Sku } from '@stockproof/vocabulary';

export type VariantRow = {
  readonly variant_id: string;
  readonly sku: string;
  readonly description: Description;
  readonly components: readonly Component[];
  readonly alternates: readonly string[];
  readonly archived: boolean;
  readonly origin: ProductSource;
  readonly product_title: string | null;
  readonly revision: number;
  readonly position: string;
};

const columns = `v.variant_id, v.sku, v.description, v.components, v.alternates, v.archived, v.origin, p.title as product_title, v.revision, v.position
     from variants_v2 v left join products_v2 p on p.account_id = v.account_id and p.product_key = v.product_key`;

export type VariantFilter = { readonly skus: readonly Sku[] | null; readonly archived: boolean | null; readonly productId: string | null };
/** A product that is described otherwise moves all its variants to one position: a place in the list is a position and a SKU. */
export type VariantPlace = { readonly position: string; readonly sku: string };
export type VariantPage = { readonly after: VariantPlace | null; readonly limit: number };

/** Variants in the order in which they last changed: a client that reads on misses nothing. One more than asked for. */
export const readVariants = (
  reader: TenantReader,
  accountId: AccountId,
  { skus, archived, productId }: VariantFilter,
  page: VariantPage,
): Promise<readonly VariantRow[]> =>
  reader.readAs<VariantRow>(
    { kind: 'account', accountId },
    sql(
      `select ${columns}
        where v.account_id = $1 and ($2::text[] is null or v.sku_key = any($2)) and ($3::boolean is null or v.archived = $3)
          and ($4::text is null or (v.position, v.sku_key) > ($4, $5)) and ($6::text is null or v.product_key = $6)
        order by v.position, v.sku_key limit $7`,
      ...[accountId, skus?.map(skuKey) ?? null, archived, ...placeOf(page.after)],
      ...[productId === null ? null : skuKey(productId), page.limit + 1],
    ),
  );

/** The variant of a SKU, in whatever spelling; `null` where there is none. */
export const readVariant = async (reader: TenantReader, accountId: AccountId, sku: Sku): Promise<VariantRow | null> => {
  const rows = await reader.readAs<VariantRow>(
    { kind: 'account', accountId },
    sql(`select ${columns} where v.account_id = $1 and v.sku_key = $2`, accountId, skuKey(sku)),
  );
  return rows[0] ?? null;
};

const placeOf = (after: VariantPlace | null): readonly (string | null)[] => [
  after?.position ?? null,
  after === null ? null : skuKey(after.sku),
];

/** What changed behind a place, for jobs: across accounts' borders only by the account that is named. */
export const readChangedVariants = (
  worker: Queryable,
  accountId: AccountId,
  { after, limit }: VariantPage,
): Promise<readonly VariantRow[]> =>
  worker.query<VariantRow>(
    sql(
      `select ${columns}
        where v.account_id = $1 and ($2::text is null or (v.position, v.sku_key) > ($2, $3)) order by v.position, v.sku_key limit $4`,
      ...[accountId, ...placeOf(after), limit],
    ),
  );

/** The SKUs of a product that are sold. */
export const readSkusOfProduct = async (worker: Queryable, accountId: AccountId, productId: string): Promise<readonly Sku[]> => {
  const rows = await worker.query<{ sku: Sku }>(
    sql(
      'select sku from variants_v2 where account_id = $1 and product_key = $2 and not archived order by sku',
      accountId,
      skuKey(productId),
    ),
  );
  return rows.map(({ sku }) => sku);
};
