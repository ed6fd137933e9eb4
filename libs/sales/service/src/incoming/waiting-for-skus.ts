import { sql, type Queryable } from '@stockproof/sql';
import type { AccountId, SkuKey } from '@stockproof/vocabulary';

/** Which incoming orders look at a SKU that nobody knows yet. */
export type WaitingForSkus = {
  readonly wait: (accountId: AccountId, orderId: string, skus: readonly SkuKey[]) => Promise<void>;
  readonly whoWaitsFor: (accountId: AccountId, sku: SkuKey) => Promise<readonly string[]>;
};

export const waitingForSkus = (database: Queryable): WaitingForSkus => ({
  wait: async (accountId, orderId, skus) => {
    await database.query(
      sql('delete from waiting_for_skus where account_id = $1 and order_id = $2 and sku_key <> all($3::text[])', accountId, orderId, skus),
    );
    if (skus.length === 0) return;
    await database.query(
      sql(
        'insert into waiting_for_skus (account_id, order_id, sku_key) select $1, $2, unnest($3::text[]) on conflict do nothing',
        accountId,
        orderId,
        skus,
      ),
    );
  },
  whoWaitsFor: async (accountId, sku) => {
    const rows = await database.query<{ order_id: string }>(
      sql('select order_id from waiting_for_skus where account_id = $1 and sku_key = $2 order by order_id', accountId, sku),
    );
    return rows.map((row) => row.order_id);
  },
});
