import { accept, reject } from '@stockproof/decider';
import { changes, flowChanges, isFuture, type ItemDecision } from './item.adjusting';
import type { AcceptUnits, ReleaseUnits, ShipUnits } from './item.commands';
import type { UnitsAccepted, UnitsReleased, UnitsShipped, UnitsShippedAfterEnd } from './item.events';
import { shortfallAfter } from './item.shortfall';
import { at, reportThatKnew, type AtWarehouse, type Item, type OpenAllocation } from './item.state';
import { changeOf, type StockChange } from './quantities';

/** The warehouse has taken the shipment on. What has ended meanwhile needs no acceptance. */
export const acceptUnits = ({ data }: AcceptUnits, item: Item): ItemDecision => {
  const { sku, orderId, now } = data;
  const fresh = data.allocationIds.flatMap((id) => item.allocations.get(id) ?? []).filter((each) => !each.accepted);
  if (fresh.length === 0) return accept();
  const accepted: UnitsAccepted = {
    type: 'UnitsAccepted',
    data: { sku, changes: fresh.flatMap((each) => acceptanceChanges(item, each, data.at)), decidedAt: now, orderId, allocationIds: fresh.map((each) => each.allocationId) },
  };
  return accept(accepted);
};

/** An acceptance before a report of sellable stock: those units were left out of its figure, and are there. */
const acceptanceChanges = (item: Item, { warehouseId, quantity, shipped }: OpenAllocation, when: string): readonly StockChange[] => {
  const here = at(item, warehouseId);
  const taken = changeOf(warehouseId, when, { accepted: quantity - shipped });
  const report = reportThatKnew(here, when);
  if (here.lastMeaning === 'on-hand' || report === null) return changes(taken);
  return changes(taken, { warehouseId, at: report.takenAt, total: quantity - shipped, inReport: true });
};

/** Units left. Cumulative figures make a repeat harmless; what left after the end of its allocation still left. */
export const ship = (command: ShipUnits, item: Item): ItemDecision => {
  const { data } = command;
  if (isFuture(data.at, data.now)) return reject({ type: 'FromTheFuture', at: data.at });
  const allocation = item.allocations.get(data.allocationId);
  return allocation ? shipOpen(command, item, allocation) : shipEnded(command, item);
};

const shipOpen = ({ data }: ShipUnits, item: Item, allocation: OpenAllocation): ItemDecision => {
  const { sku, orderId, allocationId, now } = data;
  const left = Math.min(data.shipped, allocation.quantity) - allocation.shipped;
  if (left <= 0) return accept();
  const here = at(item, allocation.warehouseId);
  const by = { total: -left, [promisedAs(item, allocation)]: -left, accepted: allocation.accepted ? -left : 0 };
  const moved = wasOutOfReport(here, allocation) ? changes(changeOf(allocation.warehouseId, data.at, by)) : flowChanges(here, allocation.warehouseId, data.at, by);
  const shipped: UnitsShipped = { type: 'UnitsShipped', data: { sku, changes: moved, decidedAt: now, orderId, allocationId, shipped: data.shipped } };
  return accept(shipped, ...shortfallAfter(item, shipped));
};

const promisedAs = (item: Item, { key }: OpenAllocation): 'held' | 'allocated' => (item.grants.get(key)?.kind === 'hold' ? 'held' : 'allocated');

/** A report of sellable stock left accepted units out and we added them: that they had left by then is news to total. */
const wasOutOfReport = (here: AtWarehouse, allocation: OpenAllocation): boolean => here.lastMeaning === 'available' && allocation.accepted;

const shipEnded = ({ data }: ShipUnits, item: Item): ItemDecision => {
  const { sku, orderId, allocationId, warehouseId, now } = data;
  const ended = item.ended.get(allocationId);
  if (!ended) return reject({ type: 'AllocationUnknown', allocationId });
  const left = data.shipped - ended.shipped;
  if (left <= 0) return accept();
  const late: UnitsShippedAfterEnd = {
    type: 'UnitsShippedAfterEnd',
    data: { sku, changes: flowChanges(at(item, warehouseId), warehouseId, data.at, { total: -left }), decidedAt: now, orderId, allocationId, warehouseId, shipped: data.shipped },
  };
  return accept(late, ...shortfallAfter(item, late));
};

export const release = ({ data }: ReleaseUnits, item: Item): ItemDecision => {
  const { sku, orderId, allocationId, reason, now } = data;
  const allocation = item.allocations.get(allocationId);
  if (!allocation) return item.ended.has(allocationId) ? accept() : reject({ type: 'AllocationUnknown', allocationId });
  const freed = allocation.quantity - allocation.shipped;
  const by = { [promisedAs(item, allocation)]: -freed, accepted: allocation.accepted ? -freed : 0 };
  const released: UnitsReleased = { type: 'UnitsReleased', data: { sku, changes: changes(changeOf(allocation.warehouseId, data.at, by)), decidedAt: now, orderId, allocationId, reason } };
  return accept(released);
};
