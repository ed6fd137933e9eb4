import { sql, type TenantReader } from '@stockproof/sql';
import { skuKey, type AccountId } from '@stockproof/vocabulary';

export type ShortfallRow = {
  readonly sku: string;
  readonly warehouseId: string;
  readonly missing: number;
  readonly missingNow: number;
  readonly uncovered: readonly { readonly orderId: string; readonly allocationId: string; readonly quantity: number }[];
  readonly unlisted: number;
  readonly foundAt: string;
  readonly position: string;
};

/** `open`: only where something is still missing, or only where nothing is; `null`: both. */
export type ShortfallFilter = { readonly open: boolean | null; readonly sku: string | null; readonly warehouseId: string | null };

/**
 * Shortfalls in the order in which they were found; one more than asked for. What is missing now is said by the level of the place, and
 * belongs to the last shortfall there: it names all that is uncovered.
 */
export const readShortfalls = (
  reader: TenantReader,
  accountId: AccountId,
  { open, sku, warehouseId }: ShortfallFilter,
  page: { readonly after: { readonly position: string } | null; readonly limit: number },
): Promise<readonly ShortfallRow[]> =>
  reader.readAs<ShortfallRow>(
    { kind: 'account', accountId },
    sql(
      `with seen as (
         select s.*, case when exists (
             select from stock_shortfalls_v1 y
              where y.account_id = s.account_id and y.sku_key = s.sku_key and y.warehouse_id = s.warehouse_id and y.position > s.position)
           then 0 else greatest(0, -coalesce(l.available, 0)) end as missing_now
           from stock_shortfalls_v1 s
           left join stock_levels_v1 l on l.account_id = s.account_id and l.sku_key = s.sku_key and l.warehouse_id = s.warehouse_id
          where s.account_id = $1 and ($2::text is null or s.sku_key = $2) and ($3::uuid is null or s.warehouse_id = $3)
            and ($4::text is null or s.position > $4))
       select sku, warehouse_id as "warehouseId", missing, missing_now as "missingNow", uncovered, unlisted, found_at as "foundAt", position
         from seen where $5::boolean is null or (missing_now > 0) = $5 order by position limit $6`,
      ...[accountId, sku === null ? null : skuKey(sku), warehouseId, page.after?.position ?? null, open, page.limit + 1],
    ),
  );
