import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedEvent } from '@stockproof/event-store';
import type { Projection } from '@stockproof/projections';
import { sql, type Statement } from '@stockproof/sql';
import type { ItemEvent } from '@stockproof/stock-domain';
import { skuKey } from '@stockproof/vocabulary';
import { itemEventTypes, stockEventOf } from '../stock-event';

/** What an event adds to the discrepancy of one report at one place. */
type Addition = {
  readonly accountId: string;
  readonly sku: string;
  readonly warehouseId: string;
  readonly takenAt: string;
  readonly reportId: string | null;
  residual: number;
  open: number;
  readonly foundAt: string;
  readonly position: string;
};

/**
 * A report leaves a residual; each flow that is heard of later and was in its figure takes its part away. Where the figure had looked
 * right only because something else was unknown too, what then is open was never found by a report: its residual is nothing.
 */
const additionsOf = (event: RecordedEvent): readonly Addition[] => {
  const { accountId, sku, decidedAt, changes } = stockEventOf(event);
  const common = { accountId, sku, foundAt: decidedAt, position: event.position };
  if (event.type === 'StockDiscrepancyFound') {
    const { warehouseId, takenAt, reportId, residual } = event.data as Extract<ItemEvent, { type: 'StockDiscrepancyFound' }>['data'];
    return [{ ...common, warehouseId, takenAt, reportId, residual, open: residual }];
  }
  return changes.flatMap(({ warehouseId, at, total = 0, inReport }) =>
    inReport && total !== 0 ? [{ ...common, warehouseId, takenAt: at, reportId: null, residual: 0, open: total }] : [],
  );
};

/** One row for each place and report, as a statement meets no row twice. */
const summed = (additions: readonly Addition[]): readonly Addition[] => {
  const rows = new Map<string, Addition>();
  for (const addition of additions) {
    const key = JSON.stringify([addition.accountId, skuKey(addition.sku), addition.warehouseId, addition.takenAt]);
    const known = rows.get(key);
    rows.set(
      key,
      known === undefined
        ? { ...addition }
        : {
            ...known,
            reportId: addition.reportId ?? known.reportId,
            residual: known.residual + addition.residual,
            open: known.open + addition.open,
          },
    );
  }
  return [...rows.values()];
};

const project = (events: readonly RecordedEvent[]): readonly Statement[] => {
  const rows = summed(events.flatMap(additionsOf));
  if (rows.length === 0) return [];
  const column = (value: (row: Addition) => unknown) => rows.map(value);
  return [
    sql(
      `insert into stock_discrepancies_v1 as d (account_id, sku_key, sku, warehouse_id, taken_at, report_id, residual, open, found_at, position)
       select * from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::timestamptz[], $6::text[], $7::bigint[], $8::bigint[], $9::timestamptz[], $10::text[])
       on conflict (account_id, sku_key, warehouse_id, taken_at) do update
         set residual = d.residual + excluded.residual, open = d.open + excluded.open, report_id = coalesce(excluded.report_id, d.report_id)`,
      column(({ accountId }) => accountId),
      column(({ sku }) => skuKey(sku)),
      column(({ sku }) => sku),
      column(({ warehouseId }) => warehouseId),
      column(({ takenAt }) => takenAt),
      column(({ reportId }) => reportId),
      column(({ residual }) => residual),
      column(({ open }) => open),
      column(({ foundAt }) => foundAt),
      column(({ position }) => position),
    ),
  ];
};

/** What reports said that no known flow explains, and what is left of it. */
export const discrepanciesProjection: Projection = {
  name: 'discrepancies',
  version: 1,
  ddl: readFileSync(join(__dirname, 'discrepancies.sql'), 'utf8'),
  handles: itemEventTypes,
  project,
};
