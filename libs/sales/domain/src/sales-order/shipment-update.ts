import type { RecordShipmentUpdate } from './sales-order.commands';
import type { ShipmentConflictFound, ShippedUnits } from './sales-order.events';
import { isOpen, type Shipment, type ShipmentUnit } from './sales-order.state';

type Said = RecordShipmentUpdate['data'];
type Conflict = Pick<ShipmentConflictFound['data'], 'problem' | 'sku' | 'units' | 'message'>;

const unitsFor = (shipment: Shipment, line: Said['lines'][number]): readonly ShipmentUnit[] =>
  shipment.units.filter((unit) => unit.lineId === line.lineId && unit.sku === line.sku);

/** Spreads what left of a line over its allocations, the first one first; never more than was promised. */
export const leftBy = (shipment: Shipment, said: Said): readonly ShippedUnits[] =>
  countedBy(shipment, said).flatMap(({ unit, shipped }) => (shipped > unit.shipped ? [shippedUnits(unit, shipped)] : []));

/** What an older update says after a younger one: no more has left, but so many had by then. */
export const leftEarlierBy = (shipment: Shipment, said: Said): readonly ShippedUnits[] =>
  countedBy(shipment, said).flatMap(({ unit, shipped }) => (shipped > 0 && shipped < unit.shipped ? [shippedUnits(unit, shipped)] : []));

/** What a line counts is counted on its units one after the other. */
const countedBy = (shipment: Shipment, { lines }: Said) =>
  lines.flatMap((line) => {
    let rest = line.shipped;
    return unitsFor(shipment, line).map((unit) => {
      const shipped = Math.min(rest, unit.quantity);
      rest -= shipped;
      return { unit, shipped };
    });
  });

const shippedUnits = ({ allocationId, sku, lineId }: ShipmentUnit, shipped: number): ShippedUnits => ({
  allocationId,
  sku,
  lineId,
  shipped,
});

/** What cannot be: a larger quantity, an unknown line, or units that left after the end. The rest of the update still applies. */
export const conflictsOf = (shipment: Shipment, said: Said): readonly Conflict[] => [
  ...said.conflicts.map(({ sku, message }): Conflict => ({ problem: 'named-by-warehouse', sku, units: [], message })),
  ...said.lines.flatMap((line): readonly Conflict[] => {
    const units = unitsFor(shipment, line);
    if (units.length === 0) return [{ problem: 'unknown-line', sku: line.sku, units: [], message: null }];
    const promised = units.reduce((sum, unit) => sum + unit.quantity, 0);
    const tooMany: readonly Conflict[] =
      line.shipped > promised ? [{ problem: 'more-than-promised', sku: line.sku, units: [], message: null }] : [];
    if (isOpen(shipment)) return tooMany;
    const late = leftBy(shipment, { ...said, lines: [line] });
    return late.length === 0 ? tooMany : [...tooMany, { problem: 'left-after-end', sku: line.sku, units: late, message: null }];
  }),
];
