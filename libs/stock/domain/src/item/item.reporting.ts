import { accept, reject } from '@stockproof/decider';
import { plusMs, type Instant, type Sku, type WarehouseId } from '@stockproof/vocabulary';
import type { ItemDecision } from './item.adjusting';
import type { QuietReport, ReportStockLevel } from './item.commands';
import type { QuietReportRecalled, StockDiscrepancyFound, StockLevelReported } from './item.events';
import { changes } from './item.flows';
import type { ItemRejection } from './item.rejections';
import { shortfallAfter } from './item.shortfall';
import { at, flowsAfter, isFuture, isTooOld, reportMaxAgeMs, type AtWarehouse, type Flow, type Item } from './item.state';
import { changeOf } from './quantities';

/** A warehouse says what it has; what happened after it was counted is added, for the warehouse did not know it. */
export const report = ({ data }: ReportStockLevel, item: Item): ItemDecision => {
  const { sku, reportId, source, warehouseId, takenAt, meaning, reported, now } = data;
  const here = at(item, warehouseId);
  const refusal = untimely(data, here);
  if (refusal) return reject(refusal);

  const since = flowsAfter(here, takenAt);
  const delta = reported + leftOut(here, meaning, since) + since.total - here.quantities.total;
  const isFirst = !item.warehouses.has(warehouseId);
  if (delta === 0 && !data.remember && !isFirst && !mustBeRemembered(here)) return accept();

  const common = { sku, reportId, warehouseId, decidedAt: now };
  const levelled: StockLevelReported = {
    type: 'StockLevelReported',
    data: {
      ...common,
      changes: changes(changeOf(warehouseId, takenAt, { total: delta })),
      source,
      takenAt,
      meaning,
      reported,
      flowsSince: since.total,
      totalBefore: here.quantities.total,
    },
  };
  const discrepancy: StockDiscrepancyFound = {
    type: 'StockDiscrepancyFound',
    data: { ...common, changes: [], takenAt, residual: delta },
  };
  return accept(levelled, ...(delta === 0 || isFirst ? [] : [discrepancy]), ...shortfallAfter(item, levelled));
};

/** Why nothing that was taken at this moment is applied to any item; `null` where it may be. */
export const untimelyReport = (takenAt: Instant, now: Instant): ItemRejection | null => {
  if (isFuture(takenAt, now)) return { type: 'FromTheFuture', at: takenAt };
  return isTooOld(takenAt, now) ? { type: 'ReportTooOld', oldest: plusMs(now, -reportMaxAgeMs) } : null;
};

const untimely = ({ takenAt, now, quiet }: ReportStockLevel['data'], here: AtWarehouse): ItemRejection | null => {
  const whole = untimelyReport(takenAt, now);
  if (whole !== null) return whole;
  if (quiet !== undefined && takenAt < quiet.takenAt) return { type: 'ReportOutdated', lastTakenAt: quiet.takenAt };
  if (here.flowsKnownAfter !== null && takenAt < here.flowsKnownAfter) return { type: 'ReportTooOld', oldest: here.flowsKnownAfter };
  if (here.lastTakenAt !== null && takenAt < here.lastTakenAt) return { type: 'ReportOutdated', lastTakenAt: here.lastTakenAt };
  return null;
};

/**
 * Something may have left or come in already that we have yet to hear of: then even a report that changes nothing must be remembered,
 * for that flow is in its figure. Where nothing is on its way and nothing has moved since the last one that is remembered, it is not: a
 * quiet SKU would grow by an event with every report. Whoever then hears of something older says so with its command.
 */
const mustBeRemembered = ({ quantities, flows, reports }: AtWarehouse): boolean =>
  quantities.allocated > 0 || quantities.held > 0 || quantities.incoming > 0 || flows.length > 0 || (reports.at(-1)?.open ?? 0) !== 0;

type Recalled = { readonly here: AtWarehouse; readonly events: readonly QuietReportRecalled[] };

/**
 * The warehouse as it stands for something that happened at `at`: a quiet report taken since is remembered after all, for it had
 * counted what is heard of only now. Perhaps it is no quiet one but is still being decided: then its own event follows, with its figure.
 */
export const recallQuiet = (
  item: Item,
  { sku, warehouseId, at: when, now, quiet }: { sku: Sku; warehouseId: WarehouseId; at: Instant; now: Instant; quiet?: QuietReport },
): Recalled => {
  const here = at(item, warehouseId);
  if (quiet === undefined || quiet.takenAt < when || quiet.takenAt <= (here.lastTakenAt ?? '')) return { here, events: [] };
  const { takenAt, meaning } = quiet;
  return {
    here: {
      ...here,
      lastTakenAt: takenAt,
      flows: here.flows.filter((flow) => flow.at > takenAt),
      reports: [...here.reports, { takenAt, meaning, open: 0 }],
    },
    events: [{ type: 'QuietReportRecalled', data: { sku, warehouseId, decidedAt: now, changes: [], ...quiet } }],
  };
};

/** A warehouse that reports what it can still sell leaves out what it has taken on and what is unsellable. */
const leftOut = ({ quantities }: AtWarehouse, meaning: 'on-hand' | 'available', since: Omit<Flow, 'at'>): number =>
  meaning === 'on-hand' ? 0 : quantities.accepted - since.accepted + quantities.unsellable - since.unsellable;
