import { accept } from '@stockproof/decider';
import type {
  CancelShipment,
  MarkAsShipped,
  RecordCancelRefused,
  RecordExportFailed,
  RecordShipmentAccepted,
  RecordShipmentUpdate,
} from './sales-order.commands';
import { isGivenBackToMove, movedTo, moveRefused } from './sales-order.moving';
import type { SalesOrderEvent, ShippedUnits } from './sales-order.events';
import { afterwards } from './sales-order.evolve';
import { firstOf, isRejection, openShipment, refuse, unlessIn, unlessUnknown, type SalesOrderDecision } from './sales-order.guards';
import { isOpen, liveShipments, openParts, partsOf, type SalesOrder, type Shipment, type ShipmentUnit } from './sales-order.state';
import { conflictsOf, leftBy, leftEarlierBy } from './shipment-update';

const openUnits = (shipment: Shipment): readonly { readonly allocationId: string; readonly sku: string }[] =>
  shipment.units.filter((unit) => !unit.released && unit.shipped < unit.quantity).map(({ allocationId, sku }) => ({ allocationId, sku }));

const refs = (order: SalesOrder, { shipmentId, warehouseId }: Shipment, now: string) => ({
  orderId: order.orderId ?? '',
  shipmentId,
  warehouseId,
  decidedAt: now,
});

export const accepted = ({ data }: RecordShipmentAccepted, order: SalesOrder): SalesOrderDecision => {
  const shipment = order.shipments.get(data.shipmentId);
  if (!shipment) return refuse({ type: 'ShipmentUnknown', shipmentId: data.shipmentId });
  if (shipment.status === 'cancelled' && !shipment.takenOn) return accept(...takenOnTooLate(order, shipment, data));
  if (shipment.status !== 'ready-to-send') return accept();
  const units = shipment.units.map(({ allocationId, sku }) => ({ allocationId, sku }));
  return accept({
    type: 'ShipmentAcceptedByWarehouse',
    data: { ...refs(order, shipment, data.now), externalId: data.externalId, at: data.at, units, warnings: data.warnings },
  });
};

/** Cancelled here, or moved, while it was being handed over: the warehouse would send it all the same, so a person must tell it. */
const takenOnTooLate = (order: SalesOrder, shipment: Shipment, { at, now }: RecordShipmentAccepted['data']): readonly SalesOrderEvent[] => {
  const updateId = 'taken-on';
  if (shipment.updates.has(updateId)) return [];
  const data = { ...refs(order, shipment, now), updateId, at, problem: 'taken-on-after-end', sku: '', units: [] } as const;
  return [{ type: 'ShipmentConflictFound', data: { ...data, message: 'taken on by the warehouse after it was cancelled here: tell it' } }];
};

export const exportFailed = ({ data }: RecordExportFailed, order: SalesOrder): SalesOrderDecision => {
  const shipment = order.shipments.get(data.shipmentId);
  if (!shipment) return refuse({ type: 'ShipmentUnknown', shipmentId: data.shipmentId });
  if (shipment.status !== 'ready-to-send' || shipment.lastFailure === data.reason) return accept();
  return accept({ type: 'ShipmentExportFailed', data: { ...refs(order, shipment, data.now), reason: data.reason } });
};

/** Twice, late and in any order: only what has left beyond what is known counts, and what turns out to have left earlier. */
export const update = ({ data: said }: RecordShipmentUpdate, order: SalesOrder): SalesOrderDecision => {
  // A warehouse whose clock is ahead is believed all the same, but nothing leaves in the future: stock takes no such word.
  const data = { ...said, at: said.at < said.now ? said.at : said.now };
  const shipment = order.shipments.get(data.shipmentId);
  if (!shipment) return refuse({ type: 'ShipmentUnknown', shipmentId: data.shipmentId });
  if (shipment.updates.has(data.updateId)) return accept();
  const common = { ...refs(order, shipment, data.now), updateId: data.updateId, at: data.at };
  const conflicts: readonly SalesOrderEvent[] = conflictsOf(shipment, data).map((conflict) => ({
    type: 'ShipmentConflictFound',
    data: { ...common, ...conflict },
  }));
  const leaving = leavingBy(shipment, data).map((left): SalesOrderEvent => ({ type: 'ShipmentUnitsLeft', data: { ...common, ...left } }));
  return accept(...conflicts, ...leaving, ...ending(order, shipment, data, [...conflicts, ...leaving]));
};

/** At most one: what has left, with the packages it lies in; nothing where the update brings no news. After the end only packages, and earlier times, may come late. */
const leavingBy = (shipment: Shipment, data: RecordShipmentUpdate['data']) => {
  const units = isOpen(shipment) ? leftBy(shipment, data) : [];
  const complete = shipment.units.every((unit) => shippedAfter(unit, units) >= unit.quantity);
  const earlier = leftEarlierBy(shipment, data);
  const news = units.length > 0 || data.packages.some((each) => !shipment.packages.has(each.packageId));
  if (!news && earlier.length === 0) return [];
  return [{ units, packages: news ? data.packages : [], complete, ...(earlier.length === 0 ? {} : { earlier }) }];
};

const shippedAfter = (unit: ShipmentUnit, left: readonly ShippedUnits[]): number =>
  left.find((each) => each.allocationId === unit.allocationId)?.shipped ?? unit.shipped;

/** What the warehouse says of the rest, once what has left is counted. */
const ending = (
  order: SalesOrder,
  before: Shipment,
  data: RecordShipmentUpdate['data'],
  happened: readonly SalesOrderEvent[],
): readonly SalesOrderEvent[] => {
  const after = afterwards(order, happened);
  const shipment = after.shipments.get(before.shipmentId) ?? before;
  if (!isOpen(shipment) || (!data.closedShort && !data.cancelled)) return [];
  const units = openUnits(shipment);
  const anythingLeft = shipment.units.some((unit) => unit.shipped > 0);
  if (!anythingLeft && isGivenBackToMove(shipment)) return movedTo(after, shipment, { ...shipment.move, now: data.now });
  const common = { ...refs(order, shipment, data.now), at: data.at, units };
  const end = endOf(common, { cancelled: data.cancelled, anythingLeft });
  const ended = afterwards(after, [end]);
  const closed = data.giveUpRest && end.type === 'ShipmentClosedShort' ? restGivenUp(ended, shipment, data.now) : [];
  return [end, ...closed, ...remainderGivenUp(afterwards(ended, closed), data.now)];
};

const endOf = (
  common: Extract<SalesOrderEvent, { type: 'ShipmentCancelled' }>['data'],
  { cancelled, anythingLeft }: { readonly cancelled: boolean; readonly anythingLeft: boolean },
): Extract<SalesOrderEvent, { type: 'ShipmentCancelled' | 'ShipmentClosedShort' }> =>
  cancelled && !anythingLeft
    ? { type: 'ShipmentCancelled', data: common }
    : { type: 'ShipmentClosedShort', data: { ...common, by: 'warehouse', status: anythingLeft ? 'shipped' : 'cancelled' } };

/** When all that could still leave has been cancelled, the order closes with what went out. */
const remainderGivenUp = (order: SalesOrder, now: string): readonly SalesOrderEvent[] => {
  const live = liveShipments(order);
  const closes = live.length > 0 && live.every((shipment) => shipment.status === 'shipped') && order.asked === null;
  if (!closes || live.length === order.shipments.size) return [];
  return linesClosed(order, openLines(order), { reason: 'remaining-shipments-cancelled', now });
};

/** What a short close leaves over of this shipment is not wanted any more; an order of which nothing is wanted is cancelled. */
const restGivenUp = (order: SalesOrder, { shipmentId }: Shipment, now: string): readonly SalesOrderEvent[] => {
  const units = order.shipments.get(shipmentId)?.units ?? [];
  const restOf = (partId: string): number =>
    units.filter((unit) => unit.lineId === partId).reduce((sum, unit) => sum + unit.quantity - unit.shipped, 0);
  const lines = openLines(order).flatMap(({ lineId, quantity }) => {
    const parts = order.lines.filter((line) => line.lineId === lineId).flatMap(partsOf);
    const rest = Math.min(quantity, Math.max(...parts.map(({ partId, per }) => Math.ceil(restOf(partId) / per))));
    return rest > 0 ? [{ lineId, quantity: rest }] : [];
  });
  const reason = 'closed-short';
  const closed = linesClosed(order, lines, { reason, now });
  const after = afterwards(order, closed);
  const nothingWanted = liveShipments(after).length === 0 && openParts(after).length === 0 && after.asked === null;
  return nothingWanted
    ? [...closed, { type: 'SalesOrderCancelled', data: { orderId: order.orderId ?? '', reason, decidedAt: now } }]
    : closed;
};

const linesClosed = (
  { orderId }: SalesOrder,
  lines: readonly { readonly lineId: string; readonly quantity: number }[],
  { reason, now }: { readonly reason: string; readonly now: string },
): readonly SalesOrderEvent[] =>
  lines.length === 0 ? [] : [{ type: 'OrderLinesClosed', data: { orderId: orderId ?? '', lines, reason, decidedAt: now } }];

/** Bundles of which any component is open are open. */
const openLines = (order: SalesOrder): readonly { readonly lineId: string; readonly quantity: number }[] => {
  const lines = new Map<string, number>();
  for (const { lineId, quantity, per } of openParts(order)) lines.set(lineId, Math.max(lines.get(lineId) ?? 0, Math.ceil(quantity / per)));
  return [...lines].map(([lineId, quantity]) => ({ lineId, quantity }));
};

/** Not sent yet: cancelled at once. Taken on by the warehouse: asked of it. */
export const cancelShipment = ({ data }: CancelShipment, order: SalesOrder): SalesOrderDecision => {
  const shipment = openShipment(order, data.shipmentId);
  if (isRejection(shipment)) return refuse(shipment);
  const common = refs(order, shipment, data.now);
  switch (shipment.status) {
    case 'ready-to-send': {
      const cancelled: SalesOrderEvent = { type: 'ShipmentCancelled', data: { ...common, at: data.now, units: openUnits(shipment) } };
      return accept(cancelled, ...remainderGivenUp(afterwards(order, [cancelled]), data.now));
    }
    case 'cancel-requested':
      // Asked back in order to move it: now it is to go nowhere.
      return accept(...moveRefused(order, shipment, { because: 'cancelled', now: data.now }));
    case 'sent-to-warehouse':
    case 'short-shipped':
    case 'shipped':
    case 'cancelled':
      return accept({ type: 'ShipmentCancelRequested', data: { ...common, reason: data.reason } });
  }
};

export const cancelRefused = ({ data }: RecordCancelRefused, order: SalesOrder): SalesOrderDecision => {
  const shipment = order.shipments.get(data.shipmentId);
  if (!shipment) return refuse({ type: 'ShipmentUnknown', shipmentId: data.shipmentId });
  if (shipment.status !== 'cancel-requested') return accept();
  return accept({
    type: 'ShipmentCancelRefused',
    data: {
      ...refs(order, shipment, data.now),
      reason: data.reason,
      status: shipment.units.some((unit) => unit.shipped > 0) ? 'short-shipped' : 'sent-to-warehouse',
    },
  });
};

/** A person settles what the warehouse never said: each open shipment left, or it did not. */
export const markAsShipped = ({ data }: MarkAsShipped, order: SalesOrder): SalesOrderDecision => {
  const refusal = firstOf(unlessUnknown(order), unlessIn(order, ['fulfilling', 'partially-fulfilled'], 'mark-shipped'));
  if (refusal) return refuse(refusal);
  const events = liveShipments(order)
    .filter(isOpen)
    .map((shipment): SalesOrderEvent => {
      const common = { ...refs(order, shipment, data.now), at: data.now };
      if (!data.left)
        return shipment.units.some((unit) => unit.shipped > 0)
          ? { type: 'ShipmentClosedShort', data: { ...common, by: 'person', units: openUnits(shipment), status: 'shipped' } }
          : { type: 'ShipmentCancelled', data: { ...common, units: openUnits(shipment) } };
      const units = shipment.units
        .filter((unit) => unit.shipped < unit.quantity)
        .map(({ allocationId, sku, lineId, quantity }) => ({ allocationId, sku, lineId, shipped: quantity }));
      return {
        type: 'ShipmentUnitsLeft',
        data: { ...common, updateId: `by-hand-${shipment.shipmentId}`, units, packages: [], complete: true },
      };
    });
  return accept(...events, ...remainderGivenUp(afterwards(order, events), data.now));
};
