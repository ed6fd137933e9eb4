import { createHash } from 'node:crypto';
import type { JobResult, JobRun, WarehousePlace } from '@stockproof/channel-directory';
import type { FulfillmentChannel, ReportedLevel, StockLevelReport } from '@stockproof/fulfillment-channel';
import { derivedId, skuKey, type AccountId } from '@stockproof/vocabulary';
import type { KnownSkus } from './known-skus';
import { reportLevels, type ReportedRow, type Reporting } from './reporting-levels';

/** `known`: what a warehouse reports of other SKUs is refused row by row, until catalog knows them. */
export type FetchingLevels = Reporting & { readonly known: KnownSkus };

/** Asks a warehouse what it has and takes it as its report. */
export const fetchLevels = async (
  fetching: FetchingLevels,
  place: WarehousePlace & { readonly channel: FulfillmentChannel },
  { progress }: JobRun,
): Promise<JobResult> => {
  const report = await place.channel.fetchStockLevels();
  await takeReport(fetching, place, report, progress);
  return { cursor: { takenAt: report.takenAt } };
};

/** The same report by push and by poll, or by a run that broke off, is one: its id follows from what it says. */
export const takeReport = async (
  fetching: FetchingLevels,
  { accountId, organizationId, warehouseId, setUp }: WarehousePlace,
  { takenAt, meaning: said, rows }: StockLevelReport,
  progress?: JobRun['progress'],
): Promise<void> => {
  const meaning = said ?? setUp.reportMeaning;
  const named = [...new Map(rows.map((row) => [skuKey(row.sku), row])).values()];
  const digest = createHash('sha256')
    .update(JSON.stringify([takenAt, meaning, named.map(({ sku, quantity }) => [sku, quantity])]))
    .digest('hex');
  const reportId = derivedId('reported', accountId, warehouseId, takenAt, digest);
  const source = `channel:${setUp.channelId}`;
  const context = { commandId: reportId, correlationId: reportId, causationId: reportId, actor: source, organizationId, accountId };
  const report = { reportId, source, warehouseId, takenAt, meaning, rows: await judged(fetching.known, accountId, named) };
  await reportLevels(fetching, accountId, report, { context, ...(progress === undefined ? {} : { progress }) });
};

const longestSku = 200;

const judged = async (known: KnownSkus, accountId: AccountId, rows: readonly ReportedLevel[]): Promise<readonly ReportedRow[]> => {
  const keys = await known(
    accountId,
    rows.map(({ sku }) => sku),
  );
  return rows.map(({ sku, quantity }) =>
    keys.has(skuKey(sku)) ? { sku, quantity } : { sku: sku.slice(0, longestSku), quantity, refusedAs: 'unknown-sku' },
  );
};
