import { accept, reject, type Decision } from '@stockproof/decider';
import type { AdjustStock, SetAsideStock } from './item.commands';
import type { ItemEvent, StockAdjusted, StockSetAside } from './item.events';
import { flowChanges, sumOf } from './item.flows';
import type { ItemRejection } from './item.rejections';
import { shortfallAfter } from './item.shortfall';
import { recallQuiet } from './item.reporting';
import { isFuture, type Item } from './item.state';

export type ItemDecision = Decision<ItemEvent, ItemRejection>;

export const adjust = ({ data }: AdjustStock, item: Item): ItemDecision => {
  const { sku, warehouseId, by, reason, note, reference, now } = data;
  if (by === 0) return reject({ type: 'NothingToChange' });
  if (isFuture(data.at, now)) return reject({ type: 'FromTheFuture', at: data.at });
  const { here, events } = recallQuiet(item, data);
  const moved = flowChanges(here, warehouseId, data.at, { total: by });
  // What a report has counted already takes nothing away now.
  const net = sumOf(moved, 'total');
  if (net < 0 && here.quantities.total + net < 0)
    return reject({ type: 'BelowZero', warehouseId, there: here.quantities.total, asked: -by });

  const adjusted: StockAdjusted = { type: 'StockAdjusted', data: { sku, changes: moved, decidedAt: now, reason, note, reference } };
  return accept(...events, adjusted, ...shortfallAfter(item, adjusted));
};

export const setAside = ({ data }: SetAsideStock, item: Item): ItemDecision => {
  const { sku, warehouseId, by, reason, reference, now } = data;
  if (by === 0) return reject({ type: 'NothingToChange' });
  if (isFuture(data.at, now)) return reject({ type: 'FromTheFuture', at: data.at });
  const { here, events } = recallQuiet(item, data);
  const { total, unsellable } = here.quantities;
  const aside = flowChanges(here, warehouseId, data.at, { unsellable: by });
  if (unsellable + by < 0 || unsellable + by > total + sumOf(aside, 'total'))
    return reject({ type: 'UnsellableOutOfRange', warehouseId, total, unsellable });

  const moved: StockSetAside = { type: 'StockSetAside', data: { sku, changes: aside, decidedAt: now, reason, reference } };
  return accept(...events, moved, ...shortfallAfter(item, moved));
};
