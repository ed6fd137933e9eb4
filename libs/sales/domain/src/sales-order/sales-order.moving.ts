import { accept } from '@stockproof/decider';
import type { MoveShipment, RecordAllocated, RecordNotAllocated } from './sales-order.commands';
import type { MoveRefusedBecause, PromisedUnits, SalesOrderEvent, ShipmentMoveAsked } from './sales-order.events';
import { isRejection, openShipment, refuse, type SalesOrderDecision } from './sales-order.guards';
import type { SalesOrder, Shipment, ShipmentMove } from './sales-order.state';

/**
 * A shipment moves to another warehouse by being replaced. The units there are promised first, while it keeps its own; then, where the
 * warehouse knows of it already, it is asked back; and only when nothing of it will leave, the new one takes its place and its own units
 * are freed, in one append. Whatever goes wrong before that leaves it where it is.
 */
export const moveShipment = ({ data }: MoveShipment, order: SalesOrder): SalesOrderDecision => {
  const { orderId, shipmentId, to, reason, now } = data;
  const shipment = openShipment(order, shipmentId);
  if (isRejection(shipment)) return refuse(shipment);
  const { warehouseId, status } = shipment;
  if (shipment.move !== null) return refuse({ type: 'ShipmentAlreadyMoving', shipmentId, toWarehouseId: shipment.move.toWarehouseId });
  if (status !== 'ready-to-send' && status !== 'sent-to-warehouse') return refuse({ type: 'ShipmentNotMovable', shipmentId, status });
  if (to.warehouseId === warehouseId) return refuse({ type: 'ShipmentAlreadyThere', warehouseId });
  const lines = shipment.units.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity }));
  const asked: ShipmentMoveAsked = {
    type: 'ShipmentMoveAsked',
    data: {
      ...{ orderId, shipmentId, warehouseId, decidedAt: now, reason },
      attempt: order.lastAttempt + 1,
      toWarehouseId: to.warehouseId,
      wanted: {
        ...{ kind: 'move', orderNumber: order.number, orderDate: order.orderDate, arrivedAt: order.arrivedAt, lines, candidates: [to] },
        settings: { allowSplitting: false, maximumShipments: 1, allowLineSplit: false, partial: false },
        holdAttempt: null,
        moves: { shipmentId },
      },
    },
  };
  return accept(asked);
};

type Moving = { readonly shipment: Shipment; readonly move: ShipmentMove };

/** The shipment that this attempt is to move. */
export const movingBy = (order: SalesOrder, attempt: number): Moving | null => {
  for (const shipment of order.shipments.values()) if (shipment.move?.attempt === attempt) return { shipment, move: shipment.move };
  return null;
};

/** The other warehouse promises all of it. What nobody was told of moves at once, the rest is asked back first. */
export const movePromised = (
  { data: { units, now } }: RecordAllocated,
  order: SalesOrder,
  { shipment, move }: Moving,
): SalesOrderDecision => {
  if (move.units !== null) return accept();
  if (shipment.status === 'ready-to-send') return accept(...movedTo(order, shipment, { units, attempt: move.attempt, now }));
  const of = refsOf(order, shipment, now);
  return accept(
    { type: 'ShipmentMovePromised', data: { ...of, attempt: move.attempt, units } },
    { type: 'ShipmentCancelRequested', data: { ...of, reason: move.reason } },
  );
};

/** The other warehouse has too little. */
export const moveNotPromised = (
  { data: { missing, now } }: RecordNotAllocated,
  order: SalesOrder,
  { shipment }: Moving,
): SalesOrderDecision => accept(...moveRefused(order, shipment, { because: 'not-enough-stock', missing, now }));

type PromisedThere = Shipment & { readonly move: ShipmentMove & { readonly units: readonly PromisedUnits[] } };

/** Its warehouse gives it back only so that it can leave from elsewhere, where its units are promised already. */
export const isGivenBackToMove = (shipment: Shipment): shipment is PromisedThere => (shipment.move?.units ?? null) !== null;

/** Nothing of it will leave, and its units are promised elsewhere: the new shipment takes its place. */
export const movedTo = (
  order: SalesOrder,
  shipment: Shipment,
  { units, attempt, now }: { readonly units: readonly PromisedUnits[]; readonly attempt: number; readonly now: string },
): readonly SalesOrderEvent[] => {
  const [first] = units;
  if (first === undefined) return [];
  const { shipmentId: toShipmentId, warehouseId: toWarehouseId } = first;
  const freed = shipment.units.filter((unit) => !unit.released).map(({ allocationId, sku }) => ({ allocationId, sku }));
  return [
    { type: 'ShipmentCancelled', data: { ...refsOf(order, shipment, now), at: now, units: freed, moved: { toShipmentId, toWarehouseId } } },
    {
      type: 'ShipmentCreated',
      data: {
        ...refsOf(order, { shipmentId: toShipmentId, warehouseId: toWarehouseId }, now),
        ...{ attempt, units, carrierService: shipment.carrierService, warnings: [], replaces: shipment.shipmentId },
      },
    },
  ];
};

type Refusal = { readonly because: MoveRefusedBecause; readonly missing?: RecordNotAllocated['data']['missing']; readonly now: string };

/** It stays where it is, and what is promised elsewhere is free again. */
export const moveRefused = (order: SalesOrder, shipment: Shipment, { because, missing = [], now }: Refusal): readonly SalesOrderEvent[] => {
  const { move } = shipment;
  if (move === null) return [];
  const { attempt, toWarehouseId } = move;
  return [
    { type: 'ShipmentMoveRefused', data: { ...refsOf(order, shipment, now), attempt, toWarehouseId, because, missing } },
    { type: 'AllocationTakenBack', data: { orderId: order.orderId ?? '', attempt, decidedAt: now, moves: true } },
  ];
};

/** Of moves that cannot go on after all else that was decided: a move never outlives the state of its shipment that it began in. */
export const movesThatEnd = (order: SalesOrder, now: string): readonly SalesOrderEvent[] =>
  [...order.shipments.values()].flatMap((shipment) => {
    const because = shipment.move === null ? null : inTheWay(shipment, shipment.move);
    return because === null ? [] : moveRefused(order, shipment, { because, now });
  });

const inTheWay = ({ status, units }: Shipment, move: ShipmentMove): MoveRefusedBecause | null => {
  if (status === 'shipped' || units.some((unit) => unit.shipped > 0)) return 'units-left';
  if (status === 'cancelled') return 'cancelled';
  if (move.units !== null) return status === 'cancel-requested' ? null : 'warehouse-refused';
  return status === 'cancel-requested' ? 'cancelled' : null;
};

const refsOf = (order: SalesOrder, { shipmentId, warehouseId }: Pick<Shipment, 'shipmentId' | 'warehouseId'>, now: string) => ({
  orderId: order.orderId ?? '',
  shipmentId,
  warehouseId,
  decidedAt: now,
});
