import { createHash } from 'node:crypto';
import type { CommandContext } from '@stockproof/command-handling';
import { knownProblems, ProblemException, problemOf } from '@stockproof/http-problems';
import { untimelyReport, type RecordLevelReport, type RowOutcome } from '@stockproof/stock-domain';
import { derivedId, skuKey, type AccountId, type Clock, type Instant } from '@stockproof/vocabulary';
import { isABundle, itemProblems } from '../items/items.problems';
import { itemStream, levelReportStream, type StockStreams } from '../stock.streams';
import type { KnownSkus } from './known-skus';
import { reportIdReused } from './level-reports.problems';
import type { OtherReports, SpokenOf } from './spoken-of';

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
  /** It speaks of a SKU at several moments, each a word of its own. */
  readonly hasMoments?: true;
};

export type ReportedLevels = { readonly position: string; readonly digest: string; readonly outcomes: readonly RowOutcome[] };

export type Reporting = {
  readonly streams: StockStreams;
  readonly clock: Clock;
  readonly spokenOf: SpokenOf;
  /** Those of the SKUs that are bundles. */
  readonly bundles: KnownSkus;
};

type Progress = (done: number, of: number) => Promise<void>;
type Part = { readonly positions: readonly string[]; readonly outcomes: readonly RowOutcome[] };

/** So many rows are decided together. */
export const rowsAtOnce = 500;

/** A record fits into one append: the counts say all, the refusals that are named are the first so many. */
const refusalsNamed = 2_000;

/**
 * Applies each row to its item and records the report once, with a digest, counts and refusals. A repeat changes nothing; another
 * report under the id of one is refused.
 */
export const reportLevels = async (
  reporting: Reporting,
  accountId: AccountId,
  report: LevelReport,
  { context, progress = async () => undefined }: { readonly context: CommandContext; readonly progress?: Progress },
): Promise<ReportedLevels> => {
  const digest = await digestOfOnly(reporting, accountId, report);
  const parts: Part[] = [];
  for (let from = 0; from < report.rows.length; from += rowsAtOnce) {
    const rows = report.rows.slice(from, from + rowsAtOnce);
    parts.push(await applyPart(reporting, accountId, { ...report, rows }, context));
    await progress(from + rows.length, report.rows.length);
  }
  const outcomes = parts.flatMap((part) => part.outcomes);
  const position = await recordReport(reporting, accountId, { ...report, digest, ...countsOf(outcomes) }, context);
  const positions = [...parts.flatMap((part) => part.positions), position];
  return { position: positions.sort().at(-1) ?? '', digest, outcomes };
};

/** What a repeat says is compared with what was begun, which outlives a crash, and then with what was recorded: one of them is there. */
const digestOfOnly = async ({ streams, spokenOf }: Reporting, accountId: AccountId, report: LevelReport): Promise<string> => {
  const { warehouseId, reportId, takenAt } = report;
  // Whoever says it: the same person may come with another key.
  const begun = await spokenOf.begin({ accountId, warehouseId, reportId, takenAt, digest: digestOf({ ...report, source: '' }) });
  if (!begun) throw new ProblemException(reportIdReused);
  const { recorded } = (await streams.levelReports.loadLatest(levelReportStream(accountId, reportId))).state;
  if (recorded === null) return digestOf(report);
  if (digestOf({ ...report, source: recorded.source }) === recorded.digest) return recorded.digest;
  await spokenOf.finish({ accountId, warehouseId, reportId });
  throw new ProblemException(reportIdReused);
};

const digestOf = ({ rows, ...common }: LevelReport): string => {
  const said = { ...common, rows: rows.map(({ sku, quantity }) => ({ sku, quantity })) };
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
};

const countsOf = (outcomes: readonly RowOutcome[]): Counts => {
  const of = (wanted: RowOutcome['outcome']): readonly RowOutcome[] => outcomes.filter(({ outcome }) => outcome === wanted);
  const refusals = of('refused');
  return { applied: of('applied').length, unchanged: of('unchanged').length, refused: refusals.length, refusals };
};

/** At most `rowsAtOnce` rows. What nobody refuses before any item is asked is decided together; a report that comes too late, or too soon, is refused as a whole. */
export const applyPart = async (
  reporting: Reporting,
  accountId: AccountId,
  report: LevelReport,
  context: CommandContext,
): Promise<Part> => {
  const untimely = untimelyReport(report.takenAt, reporting.clock.now());
  const bundles = await reporting.bundles(
    accountId,
    report.rows.map(({ sku }) => sku),
  );
  const codeOf = ({ sku, refusedAs }: ReportedRow): string | null => {
    if (refusedAs !== undefined) return refusedAs;
    if (untimely !== null) return problemOf(untimely, itemProblems).code;
    return bundles.has(skuKey(sku)) ? isABundle.code : null;
  };
  const asked = report.rows.filter((row) => codeOf(row) === null);
  const applied = await applyRows(reporting, accountId, { ...report, rows: asked }, context);
  const became = new Map(asked.map((row, index) => [row, applied.outcomes[index]]));
  return {
    positions: applied.positions,
    outcomes: report.rows.map((row): RowOutcome => became.get(row) ?? { sku: row.sku, outcome: 'refused', code: codeOf(row) }),
  };
};

const applyRows = async (
  { streams, clock, spokenOf }: Reporting,
  accountId: AccountId,
  { rows, hasMoments, ...common }: LevelReport,
  context: CommandContext,
): Promise<Part> => {
  if (rows.length === 0) return { positions: [], outcomes: [] };
  const skus = rows.map(({ sku }) => sku);
  const others = await spokenOf.announce({ accountId, ...common, skus });
  // All at once: asked one by one, each would read its own state.
  await streams.items.loadMany(skus.map((sku) => itemStream(accountId, sku)));
  const handled = await Promise.all(
    rows.map(({ sku, quantity }) =>
      streams.items.handle(
        itemStream(accountId, sku),
        { type: 'ReportStockLevel', data: { ...common, sku, reported: quantity, now: clock.now(), ...knownOf(others, sku) } },
        { ...context, commandId: derivedId('level-report', accountId, common.reportId, ...(hasMoments ? [common.takenAt] : []), sku) },
      ),
    ),
  );
  // A row that lost every race was not refused: nothing is recorded, and the same report again goes on from here.
  const lost = handled.find((each) => each.outcome === 'rejected' && each.rejection.type === 'ConcurrentModification');
  if (lost) throw new ProblemException(knownProblems.concurrentModification);
  const outcomes = handled.map((answer, index): RowOutcome => {
    const sku = skus[index] ?? '';
    if (answer.outcome === 'rejected') return { sku, outcome: 'refused', code: problemOf(answer.rejection, itemProblems).code };
    return { sku, outcome: answer.events.every(({ data }) => data.changes.length === 0) ? 'unchanged' : 'applied', code: null };
  });
  return { positions: handled.flatMap((each) => (each.outcome === 'accepted' ? [each.position] : [])), outcomes };
};

/** What the item cannot know of other reports of the warehouse. */
const knownOf = ({ younger, olderUnderWay }: OtherReports, sku: string) => {
  const quiet = younger.get(skuKey(sku));
  return { ...(quiet === undefined ? {} : { quiet }), ...(olderUnderWay ? { remember: true as const } : {}) };
};

type Counts = Pick<RecordLevelReport['data'], 'applied' | 'unchanged' | 'refused' | 'refusals'>;

/** Says once that the report has been dealt with, and lets older ones of the warehouse pass again; answers where it stands in the log. */
export const recordReport = async (
  { streams, clock, spokenOf }: Reporting,
  accountId: AccountId,
  { refusals, ...report }: Omit<LevelReport, 'rows'> & Counts & { readonly digest: string },
  context: CommandContext,
): Promise<string> => {
  const { reportId, source, warehouseId, takenAt, meaning, digest, applied, unchanged, refused } = report;
  const data = { reportId, source, warehouseId, takenAt, meaning, digest, applied, unchanged, refused };
  const recorded = await streams.levelReports.handle(
    levelReportStream(accountId, reportId),
    { type: 'RecordLevelReport', data: { ...data, refusals: refusals.slice(0, refusalsNamed), now: clock.now() } },
    { ...context, commandId: derivedId('level-report', accountId, reportId) },
  );
  // Not before: of two under one id the later sees either that this one was begun or its record.
  await spokenOf.finish({ accountId, warehouseId, reportId });
  return recorded.outcome === 'accepted' ? recorded.position : '';
};
