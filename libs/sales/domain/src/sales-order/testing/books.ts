import type { SalesOrderEvent } from '../sales-order.events';
import * as $ from './messages';

type Booked = { readonly lineId: string; quantity: number; shipped: number };
type Of<Type extends SalesOrderEvent['type']> = Extract<SalesOrderEvent, { type: Type }>;

/** The events of these types. */
export const only = <Type extends SalesOrderEvent['type']>(
  history: readonly SalesOrderEvent[],
  ...types: readonly Type[]
): readonly Of<Type>[] => history.filter((event): event is Of<Type> => types.some((type) => type === event.type));

const unitsOf = (history: readonly SalesOrderEvent[]): readonly Booked[] => {
  const units = new Map<string, Booked>();
  for (const { data } of only(history, 'ShipmentCreated'))
    for (const { allocationId, lineId, quantity } of data.units) units.set(allocationId, { lineId, quantity, shipped: 0 });
  for (const { data } of only(history, 'ShipmentUnitsLeft', 'ShipmentConflictFound'))
    for (const { allocationId, shipped } of data.units) Object.assign(units.get(allocationId) ?? {}, { shipped });
  for (const { data } of only(history, 'ShipmentCancelled', 'ShipmentClosedShort'))
    for (const { allocationId } of data.units) Object.assign(units.get(allocationId) ?? {}, { quantity: 0 });
  return [...units.values()];
};

/** The books of an order, kept by counting its events: nothing of the decider's state. */
export const ledgerOf = (history: readonly SalesOrderEvent[]) => {
  const units = unitsOf(history);
  const closings = only(history, 'OrderLinesClosed').flatMap(({ data }) => data.lines);
  const sum = (quantities: readonly number[]): number => quantities.reduce((total, quantity) => total + quantity, 0);
  const of = (lineId: string) => {
    const ofLine = units.filter((unit) => unit.lineId === lineId);
    return {
      shipped: sum(ofLine.map((unit) => unit.shipped)),
      promised: sum(ofLine.map((unit) => Math.max(0, unit.quantity - unit.shipped))),
      closed: sum(closings.filter((line) => line.lineId === lineId).map((line) => line.quantity)),
    };
  };
  return { afterEnd: only(history, 'ShipmentConflictFound').some(({ data }) => data.problem === 'left-after-end'), of };
};

type Seen = { live: boolean; shipped: boolean; left: boolean };

const seenOf = (history: readonly SalesOrderEvent[]): readonly Seen[] => {
  const shipments = new Map<string, Seen>();
  for (const event of only(
    history,
    'ShipmentCreated',
    'ShipmentUnitsLeft',
    'ShipmentConflictFound',
    'ShipmentCancelled',
    'ShipmentClosedShort',
  )) {
    const known = shipments.get(event.data.shipmentId) ?? { live: true, shipped: false, left: false };
    shipments.set(event.data.shipmentId, { ...known, ...wordOf(event) });
  }
  return [...shipments.values()];
};

const wordOf = (
  event: Of<'ShipmentCreated' | 'ShipmentUnitsLeft' | 'ShipmentConflictFound' | 'ShipmentCancelled' | 'ShipmentClosedShort'>,
): Partial<Seen> => {
  switch (event.type) {
    case 'ShipmentCreated':
      return {};
    case 'ShipmentUnitsLeft':
      return event.data.units.length === 0 ? {} : { left: true, shipped: event.data.complete };
    case 'ShipmentConflictFound':
      return event.data.units.length === 0 ? {} : { left: true };
    case 'ShipmentCancelled':
      return { live: false };
    case 'ShipmentClosedShort':
      return event.data.status === 'shipped' ? { shipped: true } : { live: false };
  }
};

const stageAfter = (stage: string, { type, data }: SalesOrderEvent): string => {
  if (type === 'SalesOrderCreated') return data.status;
  if (type === 'SalesOrderHoldReleased') return data.to === 'send' ? 'approved' : 'draft';
  const stages: Partial<Record<SalesOrderEvent['type'], string>> = {
    SalesOrderApproved: 'approved',
    SalesOrderUnlocked: 'draft',
    SalesOrderCancelled: 'cancelled',
    SalesOrderPutOnHold: 'on-hold',
  };
  return stages[type] ?? stage;
};

/** The status of an order, read off the last word about each of its shipments. */
export const statusBy = (history: readonly SalesOrderEvent[]): string => {
  const stage = history.reduce(stageAfter, 'draft');
  const live = seenOf(history).filter((shipment) => shipment.live);
  const ledger = ledgerOf(history);
  const open = $.lines.some(
    ({ lineId, quantity }) => quantity > ledger.of(lineId).shipped + ledger.of(lineId).promised + ledger.of(lineId).closed,
  );
  if (stage === 'cancelled' || live.length === 0) return stage;
  if (!live.some((shipment) => shipment.left)) return 'fulfilling';
  return live.every((shipment) => shipment.shipped) && !open ? 'shipped' : 'partially-fulfilled';
};
