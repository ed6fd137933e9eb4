import { createHash } from 'node:crypto';
import type { CommandContext } from '@stockproof/command-handling';
import { knownProblems, ProblemException, problemOf } from '@stockproof/http-problems';
import type { RowOutcome } from '@stockproof/stock-domain';
import { derivedId, type AccountId, type Clock, type Instant } from '@stockproof/vocabulary';
import { itemProblems } from '../items/items.problems';
import { itemStream, levelReportStream, type StockStreams } from '../stock.streams';

/** `refusedAs`: the code under which whoever took the report refuses the row; no item is asked about it. */
export type ReportedRow = { readonly sku: string; readonly quantity: number; readonly refusedAs?: string };

/** What a warehouse says it has, row by row, at one moment. */
export type LevelReport = {
  readonly reportId: string;
  readonly source: string;
  readonly warehouseId: string;
  readonly takenAt: Instant;
  readonly meaning: 'on-hand' | 'available';
  readonly rows: readonly ReportedRow[];
};

export type ReportedLevels = { readonly position: string; readonly digest: string; readonly outcomes: readonly RowOutcome[] };

export type Reporting = { readonly streams: StockStreams; readonly clock: Clock };

type Progress = (done: number, of: number) => Promise<void>;
type Part = { readonly positions: readonly string[]; readonly outcomes: readonly RowOutcome[] };

/** So many rows are decided together. */
const rowsAtOnce = 500;

/** A record fits into one append: the counts say all, the refusals that are named are the first so many. */
const refusalsNamed = 2_000;

/** Applies each row to its item and records the report once, with a digest, counts and refusals. A repeat changes nothing. */
export const reportLevels = async (
  reporting: Reporting,
  accountId: AccountId,
  report: LevelReport,
  { context, progress = async () => undefined }: { readonly context: CommandContext; readonly progress?: Progress },
): Promise<ReportedLevels> => {
  const parts: Part[] = [];
  for (let from = 0; from < report.rows.length; from += rowsAtOnce) {
    const rows = report.rows.slice(from, from + rowsAtOnce);
    parts.push(await applyRows(reporting, accountId, { ...report, rows }, context));
    await progress(from + rows.length, report.rows.length);
  }
  const outcomes = parts.flatMap((part) => part.outcomes);
  const { digest, position } = await recordReport(reporting, accountId, report, { outcomes, context });
  const positions = [...parts.flatMap((part) => part.positions), position];
  return { position: positions.sort().at(-1) ?? '', digest, outcomes };
};

const applyRows = async (
  { streams, clock }: Reporting,
  accountId: AccountId,
  { rows, ...common }: LevelReport,
  context: CommandContext,
): Promise<Part> => {
  const asked = rows.filter(({ refusedAs }) => refusedAs === undefined);
  const handled = await Promise.all(
    asked.map(({ sku, quantity }) =>
      streams.items.handle(
        itemStream(accountId, sku),
        { type: 'ReportStockLevel', data: { ...common, sku, reported: quantity, now: clock.now() } },
        { ...context, commandId: derivedId('level-report', accountId, common.reportId, sku) },
      ),
    ),
  );
  // A row that lost every race was not refused: nothing is recorded, and the same report again goes on from here.
  const lost = handled.find((each) => each.outcome === 'rejected' && each.rejection.type === 'ConcurrentModification');
  if (lost) throw new ProblemException(knownProblems.concurrentModification);
  const answers = new Map(asked.map((row, index) => [row, handled[index]]));
  const outcomes = rows.map((row): RowOutcome => {
    const { sku, refusedAs } = row;
    const answer = answers.get(row);
    if (answer === undefined) return { sku, outcome: 'refused', code: refusedAs ?? null };
    if (answer.outcome === 'rejected') return { sku, outcome: 'refused', code: problemOf(answer.rejection, itemProblems).code };
    return { sku, outcome: answer.events.every(({ data }) => data.changes.length === 0) ? 'unchanged' : 'applied', code: null };
  });
  return { positions: handled.flatMap((each) => (each.outcome === 'accepted' ? [each.position] : [])), outcomes };
};

const recordReport = async (
  { streams, clock }: Reporting,
  accountId: AccountId,
  report: LevelReport,
  { outcomes, context }: { readonly outcomes: readonly RowOutcome[]; readonly context: CommandContext },
): Promise<{ readonly digest: string; readonly position: string }> => {
  const { rows, ...common } = report;
  const said = { ...common, rows: rows.map(({ sku, quantity }) => ({ sku, quantity })) };
  const digest = createHash('sha256').update(JSON.stringify(said)).digest('hex');
  const of = (wanted: RowOutcome['outcome']): readonly RowOutcome[] => outcomes.filter(({ outcome }) => outcome === wanted);
  const recorded = await streams.levelReports.handle(
    levelReportStream(accountId, report.reportId),
    {
      type: 'RecordLevelReport',
      data: {
        ...common,
        digest,
        applied: of('applied').length,
        unchanged: of('unchanged').length,
        refused: of('refused').length,
        refusals: of('refused').slice(0, refusalsNamed),
        now: clock.now(),
      },
    },
    { ...context, commandId: derivedId('level-report', accountId, report.reportId) },
  );
  return { digest, position: recorded.outcome === 'accepted' ? recorded.position : '' };
};
