import { sql, type TenantReader } from '@stockproof/sql';
import { skuKey, type AccountId } from '@stockproof/vocabulary';

export type DiscrepancyRow = {
  readonly sku: string;
  readonly warehouseId: string;
  readonly takenAt: string;
  readonly reportId: string | null;
  readonly residual: number;
  readonly open: number;
  readonly foundAt: string;
  readonly position: string;
  readonly skuKey: string;
};

/** Several discrepancies may come from one event: the place names all that tells them apart. */
export type DiscrepancyPlace = Pick<DiscrepancyRow, 'position' | 'skuKey' | 'warehouseId' | 'takenAt'>;

/** `open`: only what is not explained, or only what is; `null`: both. */
export type DiscrepancyFilter = { readonly open: boolean | null; readonly sku: string | null; readonly warehouseId: string | null };

/** Written out, so that the index of open ones is used: most are explained sooner or later. */
const standing = (open: boolean | null): string => (open === null ? 'true' : open ? 'open <> 0' : 'open = 0');

/** Discrepancies in the order in which they were found; one more than asked for. */
export const readDiscrepancies = (
  reader: TenantReader,
  accountId: AccountId,
  { open, sku, warehouseId }: DiscrepancyFilter,
  { after, limit }: { readonly after: DiscrepancyPlace | null; readonly limit: number },
): Promise<readonly DiscrepancyRow[]> =>
  reader.readAs<DiscrepancyRow>(
    { kind: 'account', accountId },
    sql(
      `select sku, warehouse_id as "warehouseId", taken_at as "takenAt", report_id as "reportId", residual, open, found_at as "foundAt", position,
              sku_key as "skuKey"
         from stock_discrepancies_v1
        where account_id = $1 and ${standing(open)} and ($2::text is null or sku_key = $2) and ($3::uuid is null or warehouse_id = $3)
          and ($4::text is null or (position, sku_key, warehouse_id, taken_at) > ($4, $5::text, $6::uuid, $7::timestamptz))
        order by position, sku_key, warehouse_id, taken_at limit $8`,
      accountId,
      sku === null ? null : skuKey(sku),
      warehouseId,
      after?.position ?? null,
      after?.skuKey ?? null,
      after?.warehouseId ?? null,
      after?.takenAt ?? null,
      limit + 1,
    ),
  );
