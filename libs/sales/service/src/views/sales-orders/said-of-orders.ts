import type { RecordedEvent } from '@stockproof/event-store';
import { partsOf, type CarrierService, type PromisedUnits, type SalesOrderEvent } from '@stockproof/sales-domain';

type Revised = Extract<SalesOrderEvent, { type: 'SalesOrderRevised' }>['data'];
type Created = Extract<SalesOrderEvent, { type: 'SalesOrderCreated' }>['data'];

/** What a batch of events says of each order, shipment and unit; `undefined`: nothing, the row keeps what it has. */
export type SaidOfOrder = {
  created?: Created;
  revised?: Revised;
  stage?: string;
  backordered?: boolean;
  reasons?: readonly string[];
  releaseAt?: string | null;
  readonly closed: Record<string, number>;
  last: RecordedEvent;
};
export type SaidOfShipment = {
  created?: { readonly orderId: string; readonly warehouseId: string; readonly at: string; readonly carrierService: CarrierService | null };
  status?: string;
  /** Part of it left: short shipped, unless its status says that it is asked back. */
  partLeft?: boolean;
  readonly warnings: string[];
  externalId?: string | null;
  failure?: string | null;
  packages: Record<string, object>;
  last: RecordedEvent;
};
export type SaidOfUnit = {
  created?: PromisedUnits & { readonly orderId: string; readonly lineNumber: number };
  shipped?: number;
  released?: boolean;
};

export type Said = {
  readonly orders: Map<string, SaidOfOrder>;
  readonly shipments: Map<string, SaidOfShipment>;
  readonly units: Map<string, SaidOfUnit>;
};

/** Folds a batch, in the order of the log. Keys are `<account> <id>`. */
export const saidBy = (events: readonly RecordedEvent[]): Said => {
  const said: Said = { orders: new Map(), shipments: new Map(), units: new Map() };
  for (const recorded of events) hear(said, recorded);
  return said;
};

const entry = <V>(map: Map<string, V>, key: string, fresh: () => V): V => {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = fresh();
  map.set(key, made);
  return made;
};

const hear = (said: Said, recorded: RecordedEvent): void => {
  const event = { type: recorded.type, data: recorded.data } as SalesOrderEvent;
  const account = recorded.meta.accountId ?? '';
  const order = entry(said.orders, `${account} ${event.data.orderId}`, () => ({ closed: {}, last: recorded }));
  order.last = recorded;
  hearOfOrder(order, event);
  const shipmentId = shipmentIdOf(event);
  if (shipmentId === null) return;
  const shipment = entry<SaidOfShipment>(said.shipments, `${account} ${shipmentId}`, () => ({
    packages: {},
    warnings: [],
    last: recorded,
  }));
  shipment.last = recorded;
  hearOfShipment(shipment, event);
  hearOfUnits((id) => entry(said.units, `${account} ${id}`, () => ({})), event);
};

const shipmentIdOf = ({ data }: SalesOrderEvent): string | null => {
  if ('shipmentId' in data) return data.shipmentId;
  return 'shipment' in data ? (data.shipment?.shipmentId ?? null) : null;
};

const hearOfOrder = (order: SaidOfOrder, event: SalesOrderEvent): void => {
  switch (event.type) {
    case 'SalesOrderCreated':
      Object.assign(order, { created: event.data, stage: event.data.status, backordered: false, reasons: [] });
      return;
    case 'SalesOrderRevised':
      order.revised = event.data;
      return;
    case 'SalesOrderApproved':
      order.stage = 'approved';
      return;
    case 'SalesOrderUnlocked':
      Object.assign(order, { stage: 'draft', backordered: false, reasons: [] });
      return;
    case 'SalesOrderCancelled':
      Object.assign(order, { stage: 'cancelled', backordered: false });
      return;
    case 'SalesOrderPutOnHold':
      Object.assign(order, { stage: 'on-hold', releaseAt: event.data.releaseAt, backordered: false });
      return;
    case 'SalesOrderHoldReleased':
      Object.assign(order, { stage: event.data.to === 'send' ? 'approved' : 'draft', releaseAt: null });
      return;
    case 'SalesOrderBackordered':
      Object.assign(order, { backordered: true, reasons: event.data.reasons });
      return;
    case 'StockHeldForOrder':
      order.backordered = event.data.missing.length > 0;
      return;
    case 'AllocationTakenBack':
    case 'ShipmentCreated':
      // A shipment that moves changes nothing about what the order waits for.
      if ('moves' in event.data || 'replaces' in event.data) return;
      Object.assign(order, { backordered: false, reasons: [] });
      return;
    case 'AllocationAsked':
      Object.assign(order, { backordered: false, reasons: [] });
      return;
    case 'OrderLinesClosed':
      for (const { lineId, quantity } of event.data.lines) order.closed[lineId] = (order.closed[lineId] ?? 0) + quantity;
      return;
    default:
      return;
  }
};

const hearOfShipment = (shipment: SaidOfShipment, event: SalesOrderEvent): void => {
  switch (event.type) {
    case 'ShipmentCreated':
      Object.assign(shipment, {
        created: {
          orderId: event.data.orderId,
          warehouseId: event.data.warehouseId,
          at: event.data.decidedAt,
          carrierService: event.data.carrierService,
        },
        status: 'ready-to-send',
      });
      shipment.warnings.push(...event.data.warnings);
      return;
    case 'ShipmentAcceptedByWarehouse':
      Object.assign(shipment, { status: 'sent-to-warehouse', externalId: event.data.externalId, failure: null });
      shipment.warnings.push(...event.data.warnings);
      return;
    case 'ShipmentExportFailed':
      shipment.failure = event.data.reason;
      return;
    case 'ShipmentUnitsLeft':
      hearThatUnitsLeft(shipment, event.data);
      for (const each of event.data.packages) shipment.packages[each.packageId] = each;
      return;
    case 'ShipmentClosedShort':
    case 'ShipmentCancelRefused':
      shipment.status = event.data.status;
      return;
    case 'ShipmentCancelRequested':
      shipment.status = 'cancel-requested';
      return;
    case 'ShipmentCancelled':
      shipment.status = 'cancelled';
      return;
    case 'ExceptionSettled':
      if (event.data.again) shipment.failure = null;
      return;
    default:
      return;
  }
};

/** As the order itself takes it: what is asked back stays so until that is answered. */
const hearThatUnitsLeft = (
  shipment: SaidOfShipment,
  { units, complete }: { readonly units: readonly unknown[]; readonly complete: boolean },
): void => {
  if (units.length === 0) return;
  if (complete) shipment.status = 'shipped';
  else if (shipment.status === undefined) shipment.partLeft = true;
  else if (shipment.status !== 'cancel-requested') shipment.status = 'short-shipped';
};

const hearOfUnits = (unit: (id: string) => SaidOfUnit, event: SalesOrderEvent): void => {
  switch (event.type) {
    case 'ShipmentCreated':
      event.data.units.forEach((each, index) =>
        Object.assign(unit(each.allocationId), { created: { ...each, orderId: event.data.orderId, lineNumber: index + 1 } }),
      );
      return;
    case 'ShipmentUnitsLeft':
    case 'ShipmentConflictFound':
      for (const each of event.data.units) unit(each.allocationId).shipped = Math.max(each.shipped, unit(each.allocationId).shipped ?? 0);
      return;
    case 'ShipmentClosedShort':
    case 'ShipmentCancelled':
      for (const each of event.data.units) unit(each.allocationId).released = true;
      return;
    default:
      return;
  }
};

/** The SKUs that the lines of an order need, with how many of each in all. */
export const partRows = (
  created: Pick<Created, 'lines'>,
): readonly { readonly lineId: string; readonly partId: string; readonly wanted: number; readonly per: number }[] =>
  created.lines
    .filter((line) => line.needsShipping)
    .flatMap((line) => partsOf(line).map(({ partId, per }) => ({ lineId: line.lineId, partId, wanted: line.quantity * per, per })));
