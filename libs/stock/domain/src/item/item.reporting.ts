import { accept, reject } from '@stockproof/decider';
import { plusMs } from '@stockproof/vocabulary';
import { isFuture, type ItemDecision } from './item.adjusting';
import type { ReportStockLevel } from './item.commands';
import type { StockDiscrepancyFound, StockLevelReported } from './item.events';
import { changes } from './item.flows';
import type { ItemRejection } from './item.rejections';
import { shortfallAfter } from './item.shortfall';
import { at, flowsAfter, isTooOld, reportMaxAgeMs, type AtWarehouse, type Flow, type Item } from './item.state';
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
  if (delta === 0 && !isFirst && (here.reports.at(-1)?.open ?? 0) === 0 && !mayHaveCountedMore(here)) return accept();

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
  const discrepancy: StockDiscrepancyFound = { type: 'StockDiscrepancyFound', data: { ...common, changes: [], residual: delta } };
  return accept(levelled, ...(delta === 0 || isFirst ? [] : [discrepancy]), ...shortfallAfter(item, levelled));
};

const untimely = ({ takenAt, now }: ReportStockLevel['data'], here: AtWarehouse): ItemRejection | null => {
  if (isFuture(takenAt, now)) return { type: 'FromTheFuture', at: takenAt };
  if (isTooOld(takenAt, now)) return { type: 'ReportTooOld', oldest: plusMs(now, -reportMaxAgeMs) };
  if (here.flowsKnownAfter !== null && takenAt < here.flowsKnownAfter) return { type: 'ReportTooOld', oldest: here.flowsKnownAfter };
  if (here.lastTakenAt !== null && takenAt < here.lastTakenAt) return { type: 'ReportOutdated', lastTakenAt: here.lastTakenAt };
  return null;
};

/**
 * Something may have left or come in already that we have yet to hear of: then even a report that changes nothing must be remembered,
 * for that flow is in its figure. Where nothing is on its way and nothing has moved since the last one that is remembered, it is not:
 * a quiet SKU would grow by an event with every report. What is heard of late there then changes total as if the report had not
 * counted it, until the next report sets that right and says so; it takes two unheard flows that cancel out for this to happen.
 */
const mayHaveCountedMore = ({ quantities, flows }: AtWarehouse): boolean =>
  quantities.allocated > 0 || quantities.held > 0 || quantities.incoming > 0 || flows.length > 0;

/** A warehouse that reports what it can still sell leaves out what it has taken on and what is unsellable. */
const leftOut = ({ quantities }: AtWarehouse, meaning: 'on-hand' | 'available', since: Omit<Flow, 'at'>): number =>
  meaning === 'on-hand' ? 0 : quantities.accepted - since.accepted + quantities.unsellable - since.unsellable;
