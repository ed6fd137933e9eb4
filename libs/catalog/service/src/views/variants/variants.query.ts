import type { Component, Description } from '@stockproof/catalog-domain';
import { sql, type TenantReader } from '@stockproof/sql';
import { skuKey, type AccountId, type Sku } from '@stockproof/vocabulary';

export type VariantRow = {
  readonly variant_id: string;
  readonly sku: string;
  readonly description: Description;
  readonly components: readonly Component[];
  readonly archived: boolean;
  readonly revision: number;
  readonly position: string;
};

const columns = 'variant_id, sku, description, components, archived, revision, position';

export type VariantFilter = { readonly skus: readonly Sku[] | null; readonly archived: boolean | null };

/** Variants in the order in which they last changed: a client that reads on misses nothing. One more than asked for. */
export const readVariants = (
  reader: TenantReader,
  accountId: AccountId,
  filter: VariantFilter,
  page: { readonly after: string | null; readonly limit: number },
): Promise<readonly VariantRow[]> =>
  reader.readAs<VariantRow>(
    { kind: 'account', accountId },
    sql(
      `select ${columns} from variants_v1
        where account_id = $1 and ($2::text[] is null or sku_key = any($2)) and ($3::boolean is null or archived = $3) and ($4::text is null or position > $4)
        order by position limit $5`,
      ...[accountId, filter.skus?.map(skuKey) ?? null, filter.archived, page.after, page.limit + 1],
    ),
  );

/** The variant of a SKU, in whatever spelling; `null` where there is none. */
export const readVariant = async (reader: TenantReader, accountId: AccountId, sku: Sku): Promise<VariantRow | null> => {
  const rows = await reader.readAs<VariantRow>(
    { kind: 'account', accountId },
    sql(`select ${columns} from variants_v1 where account_id = $1 and sku_key = $2`, accountId, skuKey(sku)),
  );
  return rows[0] ?? null;
};
