import { accept, reject, type Decision } from '@stockproof/decider';
import { plusMs, type Instant } from '@stockproof/vocabulary';
import type { AdjustStock, SetAsideStock } from './item.commands';
import type { ItemEvent, StockAdjusted, StockSetAside } from './item.events';
import { flowChanges, sumOf } from './item.flows';
import type { ItemRejection } from './item.rejections';
import { shortfallAfter } from './item.shortfall';
import { at, type Item } from './item.state';

export type ItemDecision = Decision<ItemEvent, ItemRejection>;

/** Clocks of machines differ; what lies further ahead than this is a mistake. */
const clockSlackMs = 5 * 60_000;

export const isFuture = (when: Instant, now: Instant): boolean => when > plusMs(now, clockSlackMs);

export const adjust = ({ data }: AdjustStock, item: Item): ItemDecision => {
  const { sku, warehouseId, by, reason, note, reference, now } = data;
  const here = at(item, warehouseId);
  if (by === 0) return reject({ type: 'NothingToChange' });
  if (isFuture(data.at, now)) return reject({ type: 'FromTheFuture', at: data.at });
  const moved = flowChanges(here, warehouseId, data.at, { total: by });
  // What a report has counted already takes nothing away now.
  const net = sumOf(moved, 'total');
  if (net < 0 && here.quantities.total + net < 0)
    return reject({ type: 'BelowZero', warehouseId, there: here.quantities.total, asked: -by });

  const adjusted: StockAdjusted = { type: 'StockAdjusted', data: { sku, changes: moved, decidedAt: now, reason, note, reference } };
  return accept(adjusted, ...shortfallAfter(item, adjusted));
};

export const setAside = ({ data }: SetAsideStock, item: Item): ItemDecision => {
  const { sku, warehouseId, by, reason, reference, now } = data;
  const here = at(item, warehouseId);
  const { total, unsellable } = here.quantities;
  if (by === 0) return reject({ type: 'NothingToChange' });
  if (isFuture(data.at, now)) return reject({ type: 'FromTheFuture', at: data.at });
  const aside = flowChanges(here, warehouseId, data.at, { unsellable: by });
  if (unsellable + by < 0 || unsellable + by > total + sumOf(aside, 'total'))
    return reject({ type: 'UnsellableOutOfRange', warehouseId, total, unsellable });

  const moved: StockSetAside = { type: 'StockSetAside', data: { sku, changes: aside, decidedAt: now, reason, reference } };
  return accept(moved, ...shortfallAfter(item, moved));
};
