import { accept, reject } from '@stockproof/decider';
import type { Instant } from '@stockproof/vocabulary';
import type { ItemDecision } from './item.adjusting';
import type { AcceptUnits, ReleaseUnits, ShipUnits } from './item.commands';
import type { UnitsAccepted, UnitsReleased, UnitsShipped, UnitsShippedAfterEnd } from './item.events';
import { changes, flowsInReports } from './item.flows';
import { shortfallAfter } from './item.shortfall';
import { at, endedKept, isFuture, type Item, type OpenAllocation, type Shipped, type Unaccepted } from './item.state';
import { changeOf, type StockChange } from './quantities';

/** The warehouse has taken the shipment on, perhaps before something of it left that we heard of first. */
export const acceptUnits = ({ data }: AcceptUnits, item: Item): ItemDecision => {
  const { sku, orderId, now } = data;
  const fresh = [...new Set(data.allocationIds)].flatMap((allocationId) => {
    const taken = acceptanceChanges(item, allocationId, data.at);
    return taken.length === 0 ? [] : [{ allocationId, taken }];
  });
  if (fresh.length === 0) return accept();
  const accepted: UnitsAccepted = {
    type: 'UnitsAccepted',
    data: {
      sku,
      changes: fresh.flatMap(({ taken }) => taken),
      decidedAt: now,
      orderId,
      allocationIds: fresh.map(({ allocationId }) => allocationId),
    },
  };
  return accept(accepted);
};

/** All that had not left by then was taken on; what left since is not any more. */
const acceptanceChanges = (item: Item, allocationId: string, when: Instant): readonly StockChange[] => {
  const unaccepted = unacceptedOf(item, allocationId);
  if (unaccepted === null) return [];
  const { warehouseId, open, left } = unaccepted;
  const since = left.filter((departure) => departure.at > when);
  const taken = since.reduce((sum, { quantity }) => sum + quantity, open);
  const flows = changes(
    changeOf(warehouseId, when, { accepted: taken }),
    ...since.map((departure) => changeOf(warehouseId, departure.at, { accepted: -departure.quantity })),
  );
  return flowsInReports(at(item, warehouseId), warehouseId, flows);
};

const unacceptedOf = (item: Item, allocationId: string): (Unaccepted & { readonly open: number }) | null => {
  const allocation = item.allocations.get(allocationId);
  if (allocation) return allocation.acceptedAt === null ? { ...allocation, open: allocation.quantity - allocation.shipped } : null;
  const ended = item.ended.get(allocationId)?.unaccepted;
  return ended ? { ...ended, open: 0 } : null;
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
  if (left <= 0) return shipEarlier(data, item, allocation);
  const flows = [
    ...departureFlows(item, allocation, data.at, { quantity: left, total: -left }),
    ...earlierFlows({ ...data, shipped: data.shipped - left }, allocation),
  ];
  const { warehouseId } = allocation;
  const moved = flowsInReports(at(item, warehouseId), warehouseId, flows);
  const shipped: UnitsShipped = {
    type: 'UnitsShipped',
    data: { sku, changes: moved, decidedAt: now, orderId, allocationId, shipped: data.shipped },
  };
  return accept(shipped, ...shortfallAfter(item, shipped));
};

const promisedAs = (item: Item, { key }: OpenAllocation): 'held' | 'allocated' =>
  item.grants.get(key)?.kind === 'hold' ? 'held' : 'allocated';

/** Units leave their promise. However the clocks of those who told us differ, none left what the warehouse had not yet taken on. */
const departureFlows = (
  item: Item,
  allocation: OpenAllocation,
  when: Instant,
  { quantity, total }: { readonly quantity: number; readonly total: number },
): readonly StockChange[] => {
  const { warehouseId, acceptedAt } = allocation;
  const by = { total, [promisedAs(item, allocation)]: -quantity };
  const inTime = acceptedAt !== null && acceptedAt <= when;
  return changes(
    changeOf(warehouseId, when, inTime ? { ...by, accepted: -quantity } : by),
    acceptedAt === null || inTime ? null : changeOf(warehouseId, acceptedAt, { accepted: -quantity }),
  );
};

type Known = { readonly shipped: number; readonly acceptedAt: Instant | null; readonly shippedAt: readonly Shipped[] };

/** A word that comes after one of a later time: no more has left, but perhaps earlier than was known. */
const shipEarlier = (data: ShipUnits['data'], item: Item, known: Known): ItemDecision => {
  const { sku, orderId, allocationId, warehouseId, now } = data;
  const { shipped } = known;
  const flows = earlierFlows(data, known);
  if (flows.length === 0) return accept();
  const earlier: UnitsShipped = {
    type: 'UnitsShipped',
    data: { sku, changes: flowsInReports(at(item, warehouseId), warehouseId, flows), decidedAt: now, orderId, allocationId, shipped },
  };
  return accept(earlier, ...shortfallAfter(item, earlier));
};

/**
 * What a word counts had left by its time, not only by the later time of words that came before it. Total follows, and with it the
 * reports that were taken in between. What was promised stays so until the time that was known first.
 */
const earlierFlows = (
  { warehouseId, at: when, shipped }: Pick<ShipUnits['data'], 'warehouseId' | 'at' | 'shipped'>,
  { acceptedAt, shippedAt }: Known,
): readonly StockChange[] =>
  thoughtLater(shippedAt, when, shipped).flatMap(({ at: thought, quantity, unpromised }) => {
    const taken = unpromised || acceptedAt === null || acceptedAt >= thought ? 0 : quantity;
    const takenUntil = acceptedAt !== null && acceptedAt > when ? acceptedAt : when;
    return changes(
      changeOf(warehouseId, when, { total: -quantity }),
      changeOf(warehouseId, thought, { total: quantity, accepted: taken }),
      changeOf(warehouseId, takenUntil, { accepted: -taken }),
    );
  });

/** What of that which is known to have left after `when` had left by then, the first to leave first and what was promised before what was not, so that `shipped` had in all. */
const thoughtLater = (shippedAt: readonly Shipped[], when: Instant, shipped: number): readonly Shipped[] => {
  let missing = shippedAt.reduce((rest, each) => (each.at <= when ? rest - each.quantity : rest), shipped);
  return shippedAt
    .filter((each) => each.at > when)
    .sort((one, other) => (one.at === other.at ? Number(one.unpromised) - Number(other.unpromised) : one.at < other.at ? -1 : 1))
    .flatMap((each) => {
      const quantity = Math.min(Math.max(0, missing), each.quantity);
      missing -= quantity;
      return quantity === 0 ? [] : [{ ...each, quantity }];
    });
};

/**
 * What left for an allocation that this item has never heard of left all the same: the log was restored to a time before it was granted,
 * and the world was not. Where ended allocations have been forgotten it may be one of those, and nothing can be said.
 */
const lostAllocation = (item: Item): Known | null => (item.ended.size < endedKept ? { shipped: 0, acceptedAt: null, shippedAt: [] } : null);

const shipEnded = ({ data }: ShipUnits, item: Item): ItemDecision => {
  const { sku, orderId, allocationId, warehouseId, now } = data;
  const ended = item.ended.get(allocationId) ?? lostAllocation(item);
  if (!ended) return reject({ type: 'AllocationUnknown', allocationId });
  const left = data.shipped - ended.shipped;
  if (left <= 0) return shipEarlier(data, item, ended);
  const flows = [
    ...changes(changeOf(warehouseId, data.at, { total: -left })),
    ...earlierFlows({ ...data, shipped: data.shipped - left }, ended),
  ];
  const late: UnitsShippedAfterEnd = {
    type: 'UnitsShippedAfterEnd',
    data: {
      sku,
      changes: flowsInReports(at(item, warehouseId), warehouseId, flows),
      decidedAt: now,
      orderId,
      allocationId,
      warehouseId,
      shipped: data.shipped,
    },
  };
  return accept(late, ...shortfallAfter(item, late));
};

export const release = ({ data }: ReleaseUnits, item: Item): ItemDecision => {
  const { sku, orderId, allocationId, reason, now } = data;
  const allocation = item.allocations.get(allocationId);
  // Nothing of it is kept: it has ended, or was lost with the end of a log that was restored.
  if (!allocation) return accept();
  const freed = allocation.quantity - allocation.shipped;
  const released: UnitsReleased = {
    type: 'UnitsReleased',
    data: {
      sku,
      changes: flowsInReports(
        at(item, allocation.warehouseId),
        allocation.warehouseId,
        departureFlows(item, allocation, data.at, { quantity: freed, total: 0 }),
      ),
      decidedAt: now,
      orderId,
      allocationId,
      reason,
    },
  };
  return accept(released);
};
