import { sql, type TenantReader } from '@stockproof/sql';
import { skuKey, type AccountId } from '@stockproof/vocabulary';

export type StockLevelRow = {
  readonly sku_key: string;
  readonly sku: string;
  readonly warehouse_id: string;
  readonly warehouse_code: string | null;
  readonly kind: 'physical' | 'virtual';
  readonly total: number;
  readonly unsellable: number;
  readonly allocated: number;
  readonly held: number;
  readonly incoming: number;
  readonly available: number;
  readonly publishable: number;
  readonly position: string;
};

export type LevelPlace = { readonly skuKey: string; readonly warehouseId: string };
export type LevelFilter = { readonly skus: readonly string[] | null; readonly warehouseId: string | null; readonly kind: string | null };

/** Levels of an account by SKU and warehouse; one more than asked, so that the page knows whether there is another. */
export const readLevels = (
  reader: TenantReader,
  accountId: AccountId,
  filter: LevelFilter,
  page: { readonly after: LevelPlace | null; readonly limit: number },
): Promise<readonly StockLevelRow[]> =>
  reader.readAs<StockLevelRow>(
    { kind: 'account', accountId },
    sql(
      `select l.sku_key, l.sku, l.warehouse_id, w.code as warehouse_code, l.kind, l.total, l.unsellable, l.allocated, l.held, l.incoming, l.available, l.publishable, l.position
         from stock_levels_v1 l
         left join stock_warehouses_v1 w on w.account_id = l.account_id and w.warehouse_id = l.warehouse_id
        where l.account_id = $1
          and ($2::text[] is null or l.sku_key = any($2))
          and ($3::uuid is null or l.warehouse_id = $3)
          and ($4::text is null or l.kind = $4)
          and ($5::text is null or (l.sku_key, l.warehouse_id) > ($5, $6::uuid))
        order by l.sku_key, l.warehouse_id
        limit $7`,
      accountId,
      filter.skus?.map(skuKey) ?? null,
      filter.warehouseId,
      filter.kind,
      page.after?.skuKey ?? null,
      page.after?.warehouseId ?? null,
      page.limit + 1,
    ),
  );

/** A warehouse that the account may use; `null` when it may not, or not yet. */
export const readWarehouse = async (
  reader: TenantReader,
  accountId: AccountId,
  warehouseId: string,
): Promise<{ readonly kind: 'physical' | 'virtual'; readonly code: string } | null> => {
  const rows = await reader.readAs<{ kind: 'physical' | 'virtual'; code: string }>(
    { kind: 'account', accountId },
    sql('select kind, code from stock_warehouses_v1 where account_id = $1 and warehouse_id = $2', accountId, warehouseId),
  );
  return rows[0] ?? null;
};

/** All warehouses that the account may use, by their codes in lower case. */
export const readWarehouses = async (
  reader: TenantReader,
  accountId: AccountId,
): Promise<ReadonlyMap<string, { readonly warehouseId: string; readonly kind: 'physical' | 'virtual' }>> => {
  const rows = await reader.readAs<{ warehouse_id: string; code: string; kind: 'physical' | 'virtual' }>(
    { kind: 'account', accountId },
    sql('select warehouse_id, code, kind from stock_warehouses_v1 where account_id = $1', accountId),
  );
  return new Map(rows.map(({ warehouse_id, code, kind }) => [code.toLowerCase(), { warehouseId: warehouse_id, kind }]));
};
