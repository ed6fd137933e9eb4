import { createHash } from 'node:crypto';
import type { CommandContext } from '@stockproof/command-handling';
import type { JobResult, JobRun, WarehousePlace } from '@stockproof/channel-directory';
import type { FulfillmentChannel, StockLevelReport } from '@stockproof/fulfillment-channel';
import { derivedId, skuKey, type Clock } from '@stockproof/vocabulary';
import type { StockStreams } from '../stock.streams';
import { reportLevels } from './reporting-levels';

/** So many rows are decided together. */
const rowsAtOnce = 500;

type Reporting = { readonly streams: StockStreams; readonly clock: Clock };

/** Asks a warehouse what it has and takes it as its report. */
export const fetchLevels = async (
  reporting: Reporting,
  place: WarehousePlace & { readonly channel: FulfillmentChannel },
  { progress }: JobRun,
): Promise<JobResult> => {
  const report = await place.channel.fetchStockLevels();
  await takeReport(reporting, place, report, progress);
  return { cursor: { takenAt: report.takenAt } };
};

/** The same report by push and by poll, or by a run that broke off, is one: its id follows from what it says. */
export const takeReport = async (
  reporting: Reporting,
  { accountId, organizationId, warehouseId, setUp }: WarehousePlace,
  { takenAt, meaning, rows }: StockLevelReport,
  progress: JobRun['progress'] = async () => undefined,
): Promise<void> => {
  const named = [...new Map(rows.map((row) => [skuKey(row.sku), row])).values()].filter(({ sku }) => sku.trim() !== '');
  const digest = createHash('sha256')
    .update(JSON.stringify([takenAt, meaning, named]))
    .digest('hex');
  for (let start = 0; start < named.length; start += rowsAtOnce) {
    const reportId = derivedId('reported', accountId, warehouseId, digest, start);
    const context: CommandContext = {
      ...{
        commandId: reportId,
        correlationId: reportId,
        causationId: reportId,
        actor: `channel:${setUp.channelId}`,
        organizationId,
        accountId,
      },
    };
    const part = {
      reportId,
      source: `channel:${setUp.channelId}`,
      warehouseId,
      takenAt,
      meaning,
      rows: named.slice(start, start + rowsAtOnce),
    };
    await reportLevels(reporting, accountId, part, context);
    await progress(Math.min(start + rowsAtOnce, named.length), named.length);
  }
};
