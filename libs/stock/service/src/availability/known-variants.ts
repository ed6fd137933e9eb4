import { sql, type Queryable } from '@stockproof/sql';
import { skuKey, type AccountId } from '@stockproof/vocabulary';

/** A SKU as catalog told it; a plain one has no components. */
export type KnownVariant = {
  readonly key: string;
  readonly sku: string;
  readonly archived: boolean;
  readonly components: readonly { readonly sku: string; readonly quantity: number }[];
};

export type KnownVariants = {
  readonly variants: ReadonlyMap<string, KnownVariant>;
  /** Whether orders of the account may be split over warehouses, as its settings were last told; yes before that. */
  readonly maySplit: boolean;
};

/** What catalog and tenancy told of these SKUs (`null`: of all that the account has): one statement. */
export const knownVariants = async (database: Queryable, accountId: AccountId, skus: readonly string[] | null): Promise<KnownVariants> => {
  const [row] = await database.query<{ readonly maySplit: boolean; readonly variants: readonly KnownVariant[] }>(
    sql(
      `select coalesce((select allow_splitting from known_splitting where account_id = $1), true) as "maySplit",
              coalesce((select json_agg(json_build_object('key', sku_key, 'sku', sku, 'archived', archived, 'components', components) order by sku_key)
                          from known_variants where account_id = $1 and ($2::text[] is null or sku_key = any($2))), '[]') as variants`,
      accountId,
      skus === null ? null : [...new Set(skus.map(skuKey))],
    ),
  );
  return {
    maySplit: row?.maySplit ?? true,
    variants: new Map((row?.variants ?? []).map((variant) => [variant.key, variant])),
  };
};
