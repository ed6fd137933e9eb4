import { accept } from '@stockproof/decider';
import { ask, askFor, neverAsked } from './sales-order.asking';
import type { AllocateSalesOrder, RecordAllocated, RecordNotAllocated } from './sales-order.commands';
import type { PromisedUnits, SalesOrderEvent, ShipmentCreated, Wanted } from './sales-order.events';
import { firstOf, refuse, unlessIn, unlessUnknown, type SalesOrderDecision } from './sales-order.guards';
import { moveNotPromised, movePromised, movingBy } from './sales-order.moving';
import { openParts, type SalesOrder } from './sales-order.state';

export const allocate = ({ data: { terms, now } }: AllocateSalesOrder, order: SalesOrder): SalesOrderDecision => {
  const refusal = firstOf(unlessUnknown(order), unlessIn(order, ['approved', 'fulfilling', 'partially-fulfilled'], 'allocate'));
  if (refusal) return refuse(refusal);
  if (terms.candidates.length === 0) return refuse({ type: 'NoWarehouse' });
  if (openParts(order).length === 0) return refuse({ type: 'NothingToAllocate' });
  // Asked and not answered: stock is at it. A back-order is asked again under today's terms.
  if (order.asked && !order.backordered) return refuse({ type: 'AllocationAlreadyAsked', attempt: order.asked.attempt });
  return accept(...ask(order, 'allocate', terms, now));
};

/** Stock promised: one shipment per warehouse. An answer to an attempt that was taken back is stock's to free. */
export const recordAllocated = (command: RecordAllocated, order: SalesOrder): SalesOrderDecision => {
  const { orderId, attempt, units, missing, carrierService, warnings, now } = command.data;
  const { asked } = order;
  const moving = movingBy(order, attempt);
  if (moving) return movePromised(command, order, moving);
  if (asked?.attempt !== attempt || asked.kind !== 'allocate') return accept(...neverAsked(order, command.data));
  const shipments = [...Map.groupBy(units, (unit) => unit.shipmentId)].map(([shipmentId, ofShipment]): ShipmentCreated => {
    return {
      type: 'ShipmentCreated',
      data: {
        orderId,
        shipmentId,
        warehouseId: ofShipment[0]?.warehouseId ?? '',
        attempt,
        units: ofShipment satisfies readonly PromisedUnits[],
        carrierService,
        warnings,
        decidedAt: now,
      },
    };
  });
  const events: readonly SalesOrderEvent[] =
    missing.length === 0 ? shipments : [...shipments, ...askForRest(order, asked.wanted, missing, now)];
  return accept(...events);
};

/** What is missing is asked for in an attempt of its own, which waits while the rest goes out. */
const askForRest = (
  order: SalesOrder,
  wanted: Wanted,
  missing: RecordAllocated['data']['missing'],
  now: string,
): readonly SalesOrderEvent[] => {
  const lines = missing.map(({ lineId, sku, quantity }) => {
    const candidates = wanted.lines.find((line) => line.lineId === lineId)?.candidates;
    return { lineId, sku, quantity, ...(candidates === undefined ? {} : { candidates }) };
  });
  // The answered attempt need not be the last one: a shipment that moves may have asked since.
  return askFor({ ...order, asked: null }, { ...wanted, lines, holdAttempt: null }, now);
};

export const recordNotAllocated = (command: RecordNotAllocated, order: SalesOrder): SalesOrderDecision => {
  const { orderId, attempt, missing, reasons, now } = command.data;
  const moving = movingBy(order, attempt);
  if (moving) return moveNotPromised(command, order, moving);
  if (order.asked?.attempt !== attempt || order.backordered) return accept(...neverAsked(order, command.data));
  return accept({ type: 'SalesOrderBackordered', data: { orderId, attempt, missing, reasons, decidedAt: now } });
};
