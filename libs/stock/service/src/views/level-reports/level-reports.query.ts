import { sql, type TenantReader } from '@stockproof/sql';
import type { AccountId } from '@stockproof/vocabulary';

export type LevelReportSummary = {
  readonly reportId: string;
  readonly warehouseId: string;
  readonly source: string;
  readonly meaning: 'on-hand' | 'available';
  readonly takenAt: string;
  readonly recordedAt: string;
  readonly digest: string;
  readonly applied: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly position: string;
};

export type ReportedRowOutcome = {
  readonly sku: string;
  readonly outcome: 'applied' | 'unchanged' | 'refused';
  readonly code: string | null;
  readonly reported: number | null;
  readonly change: number;
  readonly skuKey: string;
};

const columns = `report_id as "reportId", warehouse_id as "warehouseId", source, meaning, taken_at as "takenAt", recorded_at as "recordedAt",
  digest, applied, unchanged, refused, position`;

/** Reports in the order in which they were recorded; one more than asked for. */
export const readLevelReports = (
  reader: TenantReader,
  accountId: AccountId,
  warehouseId: string | null,
  page: { readonly after: { readonly position: string } | null; readonly limit: number },
): Promise<readonly LevelReportSummary[]> =>
  reader.readAs<LevelReportSummary>(
    { kind: 'account', accountId },
    sql(
      `select ${columns} from level_reports_v1
        where account_id = $1 and ($2::uuid is null or warehouse_id = $2) and ($3::text is null or position > $3) order by position limit $4`,
      ...[accountId, warehouseId, page.after?.position ?? null, page.limit + 1],
    ),
  );

/** `null`: the account has no such report. */
export const readLevelReport = async (reader: TenantReader, accountId: AccountId, reportId: string): Promise<LevelReportSummary | null> => {
  const rows = await reader.readAs<LevelReportSummary>(
    { kind: 'account', accountId },
    sql(`select ${columns} from level_reports_v1 where account_id = $1 and report_id = $2`, accountId, reportId),
  );
  return rows[0] ?? null;
};

/** What became of the rows of a report, by SKU; one more than asked for. */
export const readReportRows = (
  reader: TenantReader,
  accountId: AccountId,
  reportId: string,
  page: { readonly after: { readonly skuKey: string } | null; readonly limit: number },
): Promise<readonly ReportedRowOutcome[]> =>
  reader.readAs<ReportedRowOutcome>(
    { kind: 'account', accountId },
    sql(
      `select sku, outcome, code, reported, change, sku_key as "skuKey" from level_report_rows_v1
        where account_id = $1 and report_id = $2 and ($3::text is null or sku_key > $3) order by sku_key limit $4`,
      ...[accountId, reportId, page.after?.skuKey ?? null, page.limit + 1],
    ),
  );
