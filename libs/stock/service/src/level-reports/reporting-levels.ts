import { createHash } from 'node:crypto';
import { knownProblems, ProblemException, problemOf } from '@stockproof/http-problems';
import { itemProblems } from '../items/items.problems';
import type { CommandContext } from '@stockproof/command-handling';
import type { RowOutcome } from '@stockproof/stock-domain';
import { derivedId, type AccountId, type Clock, type Instant } from '@stockproof/vocabulary';
import { itemStream, levelReportStream, type StockStreams } from '../stock.streams';

/** What a warehouse says it has, row by row, at one moment. */
export type LevelReport = {
  readonly reportId: string;
  readonly source: string;
  readonly warehouseId: string;
  readonly takenAt: Instant;
  readonly meaning: 'on-hand' | 'available';
  readonly rows: readonly { readonly sku: string; readonly quantity: number }[];
};

export type ReportedLevels = { readonly position: string; readonly digest: string; readonly outcomes: readonly RowOutcome[] };

/** Applies each row to its item and records the report once, with a digest, counts and every refusal. A repeat changes nothing. */
export const reportLevels = async (
  { streams, clock }: { readonly streams: StockStreams; readonly clock: Clock },
  accountId: AccountId,
  report: LevelReport,
  context: CommandContext,
): Promise<ReportedLevels> => {
  const { rows, ...common } = report;
  const handled = await Promise.all(
    rows.map(({ sku, quantity }) =>
      streams.items.handle(
        itemStream(accountId, sku),
        { type: 'ReportStockLevel', data: { ...common, sku, reported: quantity, now: clock.now() } },
        { ...context, commandId: derivedId('level-report', accountId, report.reportId, sku) },
      ),
    ),
  );
  // A row that lost every race was not refused: nothing is recorded, and the same report again goes on from here.
  const lost = handled.find((each) => each.outcome === 'rejected' && each.rejection.type === 'ConcurrentModification');
  if (lost) throw new ProblemException(knownProblems.concurrentModification);
  const outcomes = handled.map((each, index): RowOutcome => {
    const sku = rows[index]?.sku ?? '';
    if (each.outcome === 'rejected') return { sku, outcome: 'refused', code: problemOf(each.rejection, itemProblems).code };
    return { sku, outcome: each.events.every(({ data }) => data.changes.length === 0) ? 'unchanged' : 'applied', code: null };
  });
  const digest = createHash('sha256').update(JSON.stringify(report)).digest('hex');
  const count = (outcome: RowOutcome['outcome']): number => outcomes.filter((each) => each.outcome === outcome).length;
  const recorded = await streams.levelReports.handle(
    levelReportStream(accountId, report.reportId),
    {
      type: 'RecordLevelReport',
      data: {
        ...common,
        digest,
        applied: count('applied'),
        unchanged: count('unchanged'),
        refused: count('refused'),
        refusals: outcomes.filter((each) => each.outcome === 'refused'),
        now: clock.now(),
      },
    },
    { ...context, commandId: derivedId('level-report', accountId, report.reportId) },
  );
  const positions = [...handled, recorded].flatMap((each) => (each.outcome === 'accepted' ? [each.position] : []));
  return { position: positions.sort().at(-1) ?? '', digest, outcomes };
};
