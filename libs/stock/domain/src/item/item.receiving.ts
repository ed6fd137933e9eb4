import { accept, reject } from '@stockproof/decider';
import { changes, flowChanges, isFuture, type ItemDecision } from './item.adjusting';
import type { ExpectGoods, ExpectNoMore, ReceiveGoods } from './item.commands';
import type { GoodsExpected, GoodsNoLongerExpected, GoodsReceived } from './item.events';
import { at, type Item } from './item.state';
import { changeOf } from './quantities';

export const expectGoods = ({ data }: ExpectGoods, item: Item): ItemDecision => {
  const { sku, purchaseOrderId, lineId, warehouseId, expected, now } = data;
  const known = item.expected.get(`${purchaseOrderId}:${lineId}`);
  if (known?.expected === expected) return accept();
  const more = Math.max(expected - (known?.expected ?? 0), -(known?.open ?? 0));
  const announced: GoodsExpected = {
    type: 'GoodsExpected',
    data: { sku, changes: changes(changeOf(warehouseId, now, { incoming: more })), decidedAt: now, purchaseOrderId, lineId, warehouseId, expected },
  };
  return accept(announced);
};

/** More than ordered is booked too; a receipt is known by its id and line, so the same one twice changes nothing. */
export const receive = ({ data }: ReceiveGoods, item: Item): ItemDecision => {
  const { sku, purchaseOrderId, lineId, receiptId, warehouseId, quantity, now } = data;
  if (quantity <= 0) return reject({ type: 'NothingToChange' });
  if (isFuture(data.at, now)) return reject({ type: 'FromTheFuture', at: data.at });
  if (item.receipts.has(`${receiptId}:${lineId}`)) return accept();
  const open = item.expected.get(`${purchaseOrderId}:${lineId}`)?.open ?? 0;
  const moved = flowChanges(at(item, warehouseId), warehouseId, data.at, { total: quantity, incoming: -Math.min(quantity, open) });
  const received: GoodsReceived = { type: 'GoodsReceived', data: { sku, changes: moved, decidedAt: now, purchaseOrderId, lineId, receiptId, warehouseId, quantity } };
  return accept(received);
};

export const expectNoMore = ({ data }: ExpectNoMore, item: Item): ItemDecision => {
  const { sku, purchaseOrderId, lineId, now } = data;
  const expected = item.expected.get(`${purchaseOrderId}:${lineId}`);
  if (!expected) return accept();
  const { warehouseId, open } = expected;
  const closed: GoodsNoLongerExpected = {
    type: 'GoodsNoLongerExpected',
    data: { sku, changes: changes(changeOf(warehouseId, now, { incoming: -open })), decidedAt: now, purchaseOrderId, lineId, warehouseId },
  };
  return accept(closed);
};
