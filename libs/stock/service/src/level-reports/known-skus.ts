import { sql, type Queryable } from '@stockproof/sql';
import { skuKey, type AccountId, type Sku, type SkuKey } from '@stockproof/vocabulary';

/** Which of these SKUs the account knows, archived ones included: what is no longer sold may still lie there. */
export type KnownSkus = (accountId: AccountId, skus: readonly Sku[]) => Promise<ReadonlySet<SkuKey>>;

export const knownSkus =
  (database: Queryable): KnownSkus =>
  async (accountId, skus) => {
    const rows = await database.query<{ sku_key: SkuKey }>(
      sql('select sku_key from known_variants where account_id = $1 and sku_key = any($2::text[])', accountId, skus.map(skuKey)),
    );
    return new Set(rows.map((row) => row.sku_key));
  };

/** Which of these SKUs catalog says are bundles: they have no stock of their own. */
export const knownBundles =
  (database: Queryable): KnownSkus =>
  async (accountId, skus) => {
    const rows = await database.query<{ sku_key: SkuKey }>(
      sql(
        'select sku_key from known_variants where account_id = $1 and sku_key = any($2::text[]) and jsonb_array_length(components) > 0',
        ...[accountId, skus.map(skuKey)],
      ),
    );
    return new Set(rows.map((row) => row.sku_key));
  };
