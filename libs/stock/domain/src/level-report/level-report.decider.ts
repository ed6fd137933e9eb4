import { accept, type Command, type Decider, type Event } from '@stockproof/decider';
import type { Instant, Sku, WarehouseId } from '@stockproof/vocabulary';

/** What became of one row of a report. `unchanged`: the figure is as we have it. */
export type RowOutcome = { readonly sku: Sku; readonly outcome: 'applied' | 'unchanged' | 'refused'; readonly code: string | null };

type Report = {
  readonly reportId: string;
  readonly source: string;
  readonly warehouseId: WarehouseId;
  readonly takenAt: Instant;
  readonly meaning: 'on-hand' | 'available';
  /** SHA-256 over the whole report as it came. */
  readonly digest: string;
  readonly applied: number;
  readonly unchanged: number;
  readonly refused: number;
  /** Every row that was refused, and why. */
  readonly refusals: readonly RowOutcome[];
};

/** A report was worked through; its rows' effects are on the items. */
export type LevelReportRecorded = Event<'LevelReportRecorded', Report & { decidedAt: Instant }>;

export type RecordLevelReport = Command<'RecordLevelReport', Report & { now: Instant }>;

/** What was recorded under the id, and who said it; `null`: nothing yet. */
export type LevelReportState = { readonly recorded: Pick<Report, 'digest' | 'source'> | null };

/** Once per report: a repeat has changed nothing and is not recorded again. */
export const levelReportDecider: Decider<LevelReportState, RecordLevelReport, LevelReportRecorded, never> = {
  initialState: () => ({ recorded: null }),
  decide: ({ data: { now, ...report } }, { recorded }) =>
    recorded ? accept() : accept({ type: 'LevelReportRecorded', data: { ...report, decidedAt: now } }),
  evolve: (_, { data: { digest, source } }) => ({ recorded: { digest, source } }),
};
