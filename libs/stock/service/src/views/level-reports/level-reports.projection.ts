import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedEvent } from '@stockproof/event-store';
import type { Projection } from '@stockproof/projections';
import { sql, type Statement } from '@stockproof/sql';
import type { ItemEvent, LevelReportRecorded } from '@stockproof/stock-domain';
import { skuKey } from '@stockproof/vocabulary';

type Told = { readonly accountId: string; readonly position: string } & (
  Extract<ItemEvent, { readonly type: 'StockLevelReported' }> | LevelReportRecorded
);
type ReportRow = Extract<Told, { readonly type: 'LevelReportRecorded' }>;
type Row = {
  readonly accountId: string;
  readonly reportId: string;
  readonly sku: string;
  readonly outcome: string;
  readonly code: string | null;
  readonly reported: number | null;
  readonly change: number;
};

const toldBy = ({ type, data, meta, position }: RecordedEvent): Told =>
  ({ type, data, accountId: meta.accountId ?? '', position }) as unknown as Told;

/** A row that was applied is on its item; one that was refused is in the record of the report. */
const rowsOf = (told: Told): readonly Row[] => {
  const common = { accountId: told.accountId, reportId: told.data.reportId };
  switch (told.type) {
    case 'StockLevelReported': {
      const { sku, reported, changes } = told.data;
      const change = changes.reduce((sum, { total = 0 }) => sum + total, 0);
      return [{ ...common, sku, outcome: change === 0 ? 'unchanged' : 'applied', code: null, reported, change }];
    }
    case 'LevelReportRecorded':
      return told.data.refusals.map(({ sku, outcome, code }) => ({ ...common, sku, outcome, code, reported: null, change: 0 }));
  }
};

const project = (events: readonly RecordedEvent[]): readonly Statement[] => {
  const told = events.map(toldBy);
  const reports = told.filter((each): each is ReportRow => each.type === 'LevelReportRecorded');
  const rows = told.flatMap(rowsOf);
  return [...(reports.length === 0 ? [] : [insertReports(reports)]), ...(rows.length === 0 ? [] : [insertRows(rows)])];
};

const insertReports = (reports: readonly ReportRow[]): Statement => {
  const column = (value: (report: ReportRow) => unknown) => reports.map(value);
  return sql(
    `insert into level_reports_v1 (account_id, report_id, position, warehouse_id, source, meaning, taken_at, recorded_at, digest, applied, unchanged, refused)
     select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::timestamptz[], $8::timestamptz[], $9::text[], $10::integer[], $11::integer[], $12::integer[])`,
    column(({ accountId }) => accountId),
    column(({ data }) => data.reportId),
    column(({ position }) => position),
    column(({ data }) => data.warehouseId),
    column(({ data }) => data.source),
    column(({ data }) => data.meaning),
    column(({ data }) => data.takenAt),
    column(({ data }) => data.decidedAt),
    column(({ data }) => data.digest),
    column(({ data }) => data.applied),
    column(({ data }) => data.unchanged),
    column(({ data }) => data.refused),
  );
};

/** A SKU that a report names twice keeps what became of it first. */
const insertRows = (rows: readonly Row[]): Statement => {
  const column = (value: (row: Row) => unknown) => rows.map(value);
  return sql(
    `insert into level_report_rows_v1 (account_id, report_id, sku_key, sku, outcome, code, reported, change)
     select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::bigint[])
     on conflict (account_id, report_id, sku_key) do nothing`,
    column(({ accountId }) => accountId),
    column(({ reportId }) => reportId),
    column(({ sku }) => skuKey(sku)),
    column(({ sku }) => sku),
    column(({ outcome }) => outcome),
    column(({ code }) => code),
    column(({ reported }) => reported),
    column(({ change }) => change),
  );
};

export const levelReportsProjection: Projection = {
  name: 'level-reports',
  version: 1,
  ddl: readFileSync(join(__dirname, 'level-reports.sql'), 'utf8'),
  handles: ['StockLevelReported', 'LevelReportRecorded'],
  project,
};
