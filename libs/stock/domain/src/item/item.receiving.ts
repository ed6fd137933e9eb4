import { accept, reject } from '@stockproof/decider';
import type { ItemDecision } from './item.adjusting';
import type { ExpectGoods, ExpectNoMore, ReceiveGoods } from './item.commands';
import type { GoodsExpected, GoodsNoLongerExpected, GoodsReceived } from './item.events';
import { changes, flowChanges } from './item.flows';
import { recallQuiet } from './item.reporting';
import { isFuture, type Item } from './item.state';
import { changeOf } from './quantities';

export const expectGoods = ({ data }: ExpectGoods, item: Item): ItemDecision => {
  const { sku, purchaseOrderId, lineId, warehouseId, expected, now } = data;
  const known = item.expected.get(`${purchaseOrderId}:${lineId}`);
  if (known?.expected === expected && known.warehouseId === warehouseId) return accept();
  const before = known ?? { warehouseId, expected: 0, open: 0 };
  const open = Math.max(0, before.open + expected - before.expected);
  const elsewhere = before.warehouseId !== warehouseId;
  const moved = elsewhere
    ? [changeOf(before.warehouseId, now, { incoming: -before.open }), changeOf(warehouseId, now, { incoming: open })]
    : [changeOf(warehouseId, now, { incoming: open - before.open })];
  const announced: GoodsExpected = {
    type: 'GoodsExpected',
    data: { sku, changes: changes(...moved), decidedAt: now, purchaseOrderId, lineId, warehouseId, expected },
  };
  return accept(announced);
};

/** More than ordered is booked too; a receipt is known by its id and line, so the same one twice changes nothing. */
export const receive = ({ data }: ReceiveGoods, item: Item): ItemDecision => {
  const { sku, purchaseOrderId, lineId, receiptId, warehouseId, quantity, now } = data;
  if (quantity <= 0) return reject({ type: 'NothingToChange' });
  if (isFuture(data.at, now)) return reject({ type: 'FromTheFuture', at: data.at });
  if (item.receipts.has(`${receiptId}:${lineId}`)) return accept();
  const expected = item.expected.get(`${purchaseOrderId}:${lineId}`);
  const arrived = -Math.min(quantity, expected?.open ?? 0);
  const elsewhere = expected && expected.warehouseId !== warehouseId ? expected.warehouseId : null;
  const { here, events } = recallQuiet(item, data);
  const flow = flowChanges(here, warehouseId, data.at, { total: quantity, incoming: elsewhere === null ? arrived : 0 });
  const moved = elsewhere === null ? flow : changes(...flow, changeOf(elsewhere, data.at, { incoming: arrived }));
  const received: GoodsReceived = {
    type: 'GoodsReceived',
    data: { sku, changes: moved, decidedAt: now, purchaseOrderId, lineId, receiptId, warehouseId, quantity },
  };
  return accept(...events, received);
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
