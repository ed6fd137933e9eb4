import { accept, reject, type Decision } from '@stockproof/decider';
import { plusMs, type Instant, type WarehouseId } from '@stockproof/vocabulary';
import type { AdjustStock, SetAsideStock } from './item.commands';
import type { ItemEvent, StockAdjusted, StockSetAside } from './item.events';
import type { ItemRejection } from './item.rejections';
import { shortfallAfter } from './item.shortfall';
import { at, reportThatKnew, type AtWarehouse, type Item } from './item.state';
import { changeOf, type StockChange } from './quantities';

export type ItemDecision = Decision<ItemEvent, ItemRejection>;

/** Clocks of machines differ; what lies further ahead than this is a mistake. */
const clockSlackMs = 5 * 60_000;

export const isFuture = (when: Instant, now: Instant): boolean => when > plusMs(now, clockSlackMs);

export const adjust = ({ data }: AdjustStock, item: Item): ItemDecision => {
  const { sku, warehouseId, by, reason, note, reference, now } = data;
  const here = at(item, warehouseId);
  if (by === 0) return reject({ type: 'NothingToChange' });
  if (isFuture(data.at, now)) return reject({ type: 'FromTheFuture', at: data.at });
  if (here.quantities.total + by < 0) return reject({ type: 'BelowZero', warehouseId, there: here.quantities.total, asked: -by });

  const adjusted: StockAdjusted = { type: 'StockAdjusted', data: { sku, changes: flowChanges(here, warehouseId, data.at, { total: by }), decidedAt: now, reason, note, reference } };
  return accept(adjusted, ...shortfallAfter(item, adjusted));
};

export const setAside = ({ data }: SetAsideStock, item: Item): ItemDecision => {
  const { sku, warehouseId, by, reason, reference, now } = data;
  const { total, unsellable } = at(item, warehouseId).quantities;
  if (by === 0) return reject({ type: 'NothingToChange' });
  if (isFuture(data.at, now)) return reject({ type: 'FromTheFuture', at: data.at });
  if (unsellable + by < 0 || unsellable + by > total) return reject({ type: 'UnsellableOutOfRange', warehouseId, total, unsellable });

  const moved: StockSetAside = { type: 'StockSetAside', data: { sku, changes: changes(changeOf(warehouseId, data.at, { unsellable: by })), decidedAt: now, reason, reference } };
  return accept(moved, ...shortfallAfter(item, moved));
};

export const changes = (...each: readonly (StockChange | null)[]): readonly StockChange[] => each.filter((change) => change !== null);

/**
 * A movement of goods at its time. What happened at or before an applied report is in that report's figure already: total goes down
 * then and comes back at the first report that knew it, so that only the past before it changes and its discrepancy shrinks.
 */
export const flowChanges = (
  here: AtWarehouse,
  warehouseId: WarehouseId,
  when: Instant,
  by: { readonly total: number; readonly allocated?: number; readonly accepted?: number; readonly incoming?: number },
): readonly StockChange[] => {
  const report = reportThatKnew(here, when);
  const flow = changeOf(warehouseId, when, by);
  if (report === null || by.total === 0) return changes(flow);
  return changes(flow, { warehouseId, at: report.takenAt, total: -by.total, inReport: true });
};
