import type { OrderLine } from './sales-order.events';
import { partsOf, type SalesOrder, type ShipmentUnit } from './sales-order.state';

/** Where the units of one line are: their sum is what was ordered, as long as the line needs shipping. Bundles count whole. */
export type LineQuantities = {
  readonly ordered: number;
  readonly shipped: number;
  /** In shipments that have not left. */
  readonly allocated: number;
  /** Tried, and waiting for stock. */
  readonly backordered: number;
  readonly cancelled: number;
  readonly open: number;
};

type Unit = Pick<ShipmentUnit, 'lineId' | 'quantity' | 'shipped' | 'released'>;

/** From the units that shipments have or had of the order. */
export const lineQuantities = (
  line: OrderLine,
  units: readonly Unit[],
  order: { readonly closed: number; readonly backordered: boolean; readonly cancelled: boolean },
): LineQuantities => {
  const ordered = line.quantity;
  const nothing = { ordered, shipped: 0, allocated: 0, backordered: 0, cancelled: 0, open: 0 };
  if (!line.needsShipping) return nothing;
  const whole = (count: (unit: Unit) => number): number => {
    const ofPart = (partId: string): number => units.reduce((sum, unit) => sum + (unit.lineId === partId ? count(unit) : 0), 0);
    return Math.min(ordered, ...partsOf(line).map(({ partId, per }) => Math.floor(ofPart(partId) / per)));
  };
  const shipped = whole((unit) => unit.shipped);
  const allocated = whole((unit) => (unit.released ? unit.shipped : Math.max(unit.quantity, unit.shipped))) - shipped;
  const rest = ordered - shipped - allocated;
  const cancelled = order.cancelled ? rest : Math.min(rest, order.closed);
  const waiting = rest - cancelled;
  return { ...nothing, shipped, allocated, cancelled, ...(order.backordered ? { backordered: waiting } : { open: waiting }) };
};

/** The same from the order itself. */
export const quantitiesOf = (order: SalesOrder, line: OrderLine): LineQuantities =>
  lineQuantities(
    line,
    [...order.shipments.values()].flatMap((shipment) => shipment.units),
    { closed: order.closed.get(line.lineId) ?? 0, backordered: order.backordered, cancelled: order.stage === 'cancelled' },
  );
