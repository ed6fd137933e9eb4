import { behaviourOf } from '../behaviour/behaviour';
import { shippingPlan, type Completion, type Line, type Step } from '../behaviour/plan';
import { accepted } from '../journal/answer';
import { age, notHere, once, type EffectAnswer, type Floor } from './floor';
import type { CarrierService } from './warehouse-facts';
import type { Shipment } from './warehouse-state';

export type ShipmentOrder = {
  readonly shipmentId: string;
  readonly orderNumber: string;
  readonly carrierService: CarrierService | null;
  readonly lines: readonly Line[];
};

/** Takes a shipment or refuses it; a shipment that is here already is not taken again, whatever the effect id. */
export const takeShipment = (
  floor: Floor,
  { shipmentId, orderNumber, carrierService, lines }: ShipmentOrder,
  effectId: string,
): EffectAnswer =>
  once(floor, effectId, orderNumber, () => {
    const taken = floor.state.shipments.get(shipmentId);
    if (taken !== undefined) return accepted(taken.externalId);
    if (behaviourOf(orderNumber) === 'refuses') {
      floor.record({ kind: 'shipment-refused', effectId, shipmentId, orderNumber, message: 'the number of this order says: refuse' });
    } else {
      const externalId = `${floor.code}-${floor.state.shipments.size + 1}`;
      floor.record({ kind: 'shipment-taken', effectId, externalId, shipmentId, orderNumber, lines, carrierService });
    }
    return undefined;
  });

const cancelled = (floor: Floor, { shipmentId, orderNumber, externalId }: Shipment, effectId: string | null, reason: string) =>
  floor.record({ kind: 'shipment-cancelled', effectId, updateId: `${externalId}-cancelled`, shipmentId, orderNumber, reason });

/** Agrees as long as nothing has left. */
export const cancelShipment = (floor: Floor, shipmentId: string, effectId: string): EffectAnswer => {
  const shipment = floor.state.shipments.get(shipmentId);
  return once(floor, effectId, shipment?.orderNumber ?? '', () => {
    if (shipment === undefined) return notHere('shipment');
    if (shipment.status === 'cancelled') return { status: 200, body: { outcome: 'cancelled' } };
    if (shipment.departures === 0) cancelled(floor, shipment, effectId, 'as asked for');
    else floor.record({ kind: 'cancellation-refused', effectId, shipmentId, message: 'something has left already' });
    return undefined;
  });
};

/** What has not left yet, per line number. */
export const openQuantities = ({ lines, left }: Shipment): ReadonlyMap<number, number> =>
  new Map(lines.map(({ lineNumber, quantity }) => [lineNumber, Math.max(0, quantity - (left.get(lineNumber) ?? 0))]));

/** So much more leaves now. */
export const ship = ({ record }: Floor, shipment: Shipment, quantities: ReadonlyMap<number, number>, completion: Completion): void => {
  const { shipmentId, orderNumber, externalId, departures } = shipment;
  const lines = shipment.lines
    .map((line) => ({ ...line, quantity: quantities.get(line.lineNumber) ?? 0 }))
    .filter(({ quantity }) => quantity > 0);
  record({
    kind: 'shipment-left',
    updateId: `${externalId}-left-${departures + 1}`,
    shipmentId,
    orderNumber,
    lines,
    completion,
    trackingNumber: lines.length === 0 ? null : `SIM-${externalId}-${departures + 1}`,
    reported: behaviourOf(orderNumber) === 'reports-twice' ? 2 : 1,
  });
};

const take = (floor: Floor, shipment: Shipment, step: Step) => {
  if (step.kind === 'is-cancelled') return cancelled(floor, shipment, null, 'cancelled by the warehouse');
  const missing = shipment.lines.map(
    ({ lineNumber }, at) => [lineNumber, Math.max(0, (step.totals[at] ?? 0) - (shipment.left.get(lineNumber) ?? 0))] as const,
  );
  return ship(floor, shipment, new Map(missing), step.completion);
};

/** One call went by: what is due leaves. */
export const shipmentsGoOn = (floor: Floor): void => {
  for (const shipment of [...floor.state.openShipments]) {
    const step = shippingPlan(behaviourOf(shipment.orderNumber), shipment.lines)[shipment.departures];
    if (step !== undefined && age(floor, shipment.shipmentId) >= step.afterCalls) take(floor, shipment, step);
  }
};

/** The warehouse says on its own that a shipment will not leave. */
export const cancelThere = (floor: Floor, shipment: Shipment, reason: string): void => cancelled(floor, shipment, null, reason);
