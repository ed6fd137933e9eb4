import type { Logged } from './evidence';

type Line = {
  readonly lineId: string;
  readonly sku: string;
  readonly quantity: number;
  readonly components: readonly { readonly sku: string; readonly quantity: number }[];
};
export type Part = { readonly lineId: string; readonly partId: string; readonly per: number };
type Promised = {
  readonly allocationId: string;
  readonly lineId: string;
  readonly sku: string;
  readonly warehouseId: string;
  readonly quantity: number;
};
export type Unit = Promised & { shipped: number; released: boolean };
export type Shipment = { readonly shipmentId: string; status: string; readonly units: readonly Unit[] };

/** One order as its stream tells it, folded here without the product's code. */
export type OrderState = {
  number: string;
  stage: 'draft' | 'approved' | 'on-hold' | 'cancelled';
  lines: readonly Line[];
  readonly closed: Map<string, number>;
  /** The attempt that stock has yet to answer with units. */
  asked: { readonly attempt: number; readonly kind: 'allocate' | 'hold' } | null;
  backordered: boolean;
  /** What stock keeps for it while it is on hold. */
  hold: {
    readonly attempt: number;
    readonly units: readonly Promised[];
    readonly missing: readonly { readonly lineId: string; readonly quantity: number }[];
  } | null;
  readonly shipments: Map<string, Shipment>;
};

const noOrder = (): OrderState => ({
  number: '',
  stage: 'draft',
  lines: [],
  closed: new Map(),
  asked: null,
  backordered: false,
  hold: null,
  shipments: new Map(),
});

/** The order after so many of its events. */
export const orderAfter = (events: readonly Logged[], revision = events.length): OrderState => {
  const order = noOrder();
  for (const event of events.slice(0, revision)) foldOrder(order, event);
  return order;
};

type Told = {
  readonly number: string;
  readonly status: OrderState['stage'] & string;
  readonly lines: readonly (Line & { readonly quantity: number })[];
  readonly to: 'send' | 'edit';
  readonly attempt: number;
  readonly wanted: { readonly kind: 'allocate' | 'hold' };
  readonly units: readonly (Promised & { readonly shipped: number })[];
  readonly missing: readonly { readonly lineId: string; readonly quantity: number }[];
  readonly shipmentId: string;
  readonly complete: boolean;
};

const foldOrder = (order: OrderState, event: Logged): void => {
  const told = event.data as Told;
  if (event.type.startsWith('Shipment')) return foldShipment(order, event.type, told);
  switch (event.type) {
    case 'SalesOrderCreated':
      return void Object.assign(order, { number: told.number, lines: told.lines, stage: told.status });
    case 'SalesOrderApproved':
      return void (order.stage = 'approved');
    case 'SalesOrderUnlocked':
      return void Object.assign(order, { stage: 'draft', backordered: false });
    case 'SalesOrderCancelled':
      return void Object.assign(order, { stage: 'cancelled', backordered: false });
    case 'SalesOrderPutOnHold':
      return void Object.assign(order, { stage: 'on-hold', backordered: false });
    case 'SalesOrderHoldReleased':
      return void (order.stage = told.to === 'send' ? 'approved' : 'draft');
    case 'OrderLinesClosed':
      for (const { lineId, quantity } of told.lines) order.closed.set(lineId, (order.closed.get(lineId) ?? 0) + quantity);
      return;
    default:
      return foldAsking(order, event.type, told);
  }
};

const foldAsking = (order: OrderState, type: string, told: Told): void => {
  switch (type) {
    case 'AllocationAsked':
      return void Object.assign(order, { asked: { attempt: told.attempt, kind: told.wanted.kind }, backordered: false });
    case 'AllocationTakenBack':
      if (order.asked?.attempt === told.attempt) order.asked = null;
      if (order.hold?.attempt === told.attempt) order.hold = null;
      order.backordered = false;
      return;
    case 'SalesOrderBackordered':
      return void Object.assign(order, { backordered: true, hold: null });
    case 'StockHeldForOrder':
      order.hold = { attempt: told.attempt, units: told.units, missing: told.missing };
      return void Object.assign(order, { asked: null, backordered: told.missing.length > 0 });
  }
};

const foldShipment = (order: OrderState, type: string, told: Told): void => {
  if (type === 'ShipmentCreated') return addShipment(order, told);
  const shipment = order.shipments.get(told.shipmentId);
  if (!shipment) return;
  switch (type) {
    case 'ShipmentUnitsLeft':
      return unitsLeft(shipment, told);
    case 'ShipmentClosedShort':
      return release(shipment, told, told.status);
    case 'ShipmentCancelled':
      return release(shipment, told, 'cancelled');
    case 'ShipmentCancelRequested':
      return void (shipment.status = 'cancel-requested');
    case 'ShipmentCancelRefused':
      return void (shipment.status = told.status);
    case 'ShipmentConflictFound':
      for (const [unit, shipped] of unitsNamed(shipment, told)) unit.shipped = Math.max(unit.shipped, shipped);
  }
};

const unitsNamed = (shipment: Shipment, { units }: Told): readonly (readonly [Unit, number])[] =>
  units.flatMap(({ allocationId, shipped }) =>
    shipment.units.flatMap((unit) => (unit.allocationId === allocationId ? [[unit, shipped] as const] : [])),
  );

const unitsLeft = (shipment: Shipment, told: Told): void => {
  for (const [unit, shipped] of unitsNamed(shipment, told)) unit.shipped = shipped;
  if (told.units.length === 0) return;
  if (told.complete) shipment.status = 'shipped';
  else if (shipment.status !== 'cancel-requested') shipment.status = 'short-shipped';
};

const addShipment = (order: OrderState, { shipmentId, attempt, units }: Told): void => {
  const fresh = units.map((unit) => ({ ...unit, shipped: 0, released: false }));
  order.shipments.set(shipmentId, { shipmentId, status: 'ready-to-send', units: fresh });
  if (order.asked?.attempt === attempt) order.asked = null;
  Object.assign(order, { hold: null, backordered: false });
};

const release = (shipment: Shipment, { units }: Told, status: string): void => {
  shipment.status = status;
  const ids = new Set(units.map(({ allocationId }) => allocationId));
  for (const unit of shipment.units) if (ids.has(unit.allocationId)) unit.released = true;
};

export const liveOf = ({ shipments }: OrderState): readonly Shipment[] =>
  [...shipments.values()].filter(({ status }) => status !== 'cancelled');

/** A line, or the components of its bundle. */
export const partsOf = ({ lineId, components }: Line): readonly Part[] =>
  components.length === 0
    ? [{ lineId, partId: lineId, per: 1 }]
    : components.map(({ quantity }, index) => ({ lineId, partId: `${lineId}.${index + 1}`, per: quantity }));

/** Units of a part that are wanted and in no shipment. */
export const openOfPart = (order: OrderState, { quantity, lineId }: Line, { partId, per }: Part): number => {
  const units = [...order.shipments.values()].flatMap((shipment) => shipment.units.filter((unit) => unit.lineId === partId));
  const taken = units.reduce((sum, unit) => sum + (unit.released ? unit.shipped : unit.quantity), 0);
  return Math.max(0, (quantity - (order.closed.get(lineId) ?? 0)) * per - taken);
};

const anythingOpen = (order: OrderState): boolean =>
  order.lines.some((line) => partsOf(line).some((part) => openOfPart(order, line, part) > 0));

/** The status is a function of what people said last and of the shipments. */
export const statusOf = (order: OrderState): string => {
  if (order.stage === 'cancelled') return 'cancelled';
  const live = liveOf(order);
  if (live.length === 0) return order.stage;
  if (!live.some(({ units }) => units.some(({ shipped }) => shipped > 0))) return 'fulfilling';
  return live.every(({ status }) => status === 'shipped') && !anythingOpen(order) ? 'shipped' : 'partially-fulfilled';
};

export const nothingToAllocate = (order: OrderState): boolean => !anythingOpen(order);
