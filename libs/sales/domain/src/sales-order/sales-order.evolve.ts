import type { SalesOrderCreated, SalesOrderEvent, SalesOrderRevised, ShipmentCreated, ShipmentUnitsLeft } from './sales-order.events';
import { noteException } from './sales-order.exceptions';
import type { SalesOrder, Shipment } from './sales-order.state';
import { heardByShop, tryAgain } from './sales-order.telling';

/** Facts are not argued with. */
export const evolve = (order: SalesOrder, event: SalesOrderEvent): SalesOrder => {
  noteException(order.exceptions, event);
  return happened(order, event);
};

/** The state that these events lead to, on a copy: deciding never changes the state itself. */
export const afterwards = (order: SalesOrder, events: readonly SalesOrderEvent[]): SalesOrder =>
  events.reduce(evolve, structuredClone(order));

const happened = (order: SalesOrder, event: SalesOrderEvent): SalesOrder => {
  switch (event.type) {
    case 'SalesOrderCreated':
      return create(order, event);
    case 'SalesOrderRevised':
      return said(order, event);
    case 'SalesOrderApproved':
      return Object.assign(order, { stage: 'approved' });
    case 'SalesOrderUnlocked':
      return Object.assign(order, { stage: 'draft', backordered: false });
    case 'SalesOrderCancelled':
      return Object.assign(order, { stage: 'cancelled', backordered: false });
    case 'SalesOrderPutOnHold':
      return Object.assign(order, { stage: 'on-hold', releaseAt: event.data.releaseAt, backordered: false });
    case 'SalesOrderHoldReleased':
      return Object.assign(order, { stage: event.data.to === 'send' ? 'approved' : 'draft', releaseAt: null });
    case 'AllocationAsked': {
      const { attempt, wanted } = event.data;
      return Object.assign(order, { lastAttempt: attempt, asked: { attempt, kind: wanted.kind, wanted }, backordered: false });
    }
    case 'AllocationTakenBack':
      if (event.data.moves) return order;
      order.lastAttempt = Math.max(order.lastAttempt, event.data.attempt);
      if (order.asked?.attempt === event.data.attempt) order.asked = null;
      if (order.holdAttempt === event.data.attempt) order.holdAttempt = null;
      order.backordered = false;
      return order;
    case 'SalesOrderBackordered':
      // What was held is freed with the refusal of the attempt that was to take it over.
      return Object.assign(order, { backordered: true, holdAttempt: null });
    case 'StockHeldForOrder':
      return Object.assign(order, { holdAttempt: event.data.attempt, asked: null, backordered: event.data.missing.length > 0 });
    case 'ShipmentCreated':
      return addShipment(order, event);
    case 'ShipmentAcceptedByWarehouse':
      return change(order, event.data.shipmentId, (shipment) => {
        if (shipment.status === 'ready-to-send') shipment.status = 'sent-to-warehouse';
        shipment.takenOn = true;
        shipment.lastFailure = null;
      });
    case 'ShipmentExportFailed':
      return change(order, event.data.shipmentId, (shipment) => (shipment.lastFailure = event.data.reason));
    case 'ShipmentUnitsLeft':
      return change(order, event.data.shipmentId, (shipment) => unitsLeft(shipment, event));
    case 'ShipmentClosedShort':
      return change(order, event.data.shipmentId, (shipment) => {
        releaseUnits(shipment, event.data.units);
        shipment.status = event.data.status;
      });
    case 'ShipmentCancelRequested':
      return change(order, event.data.shipmentId, (shipment) => {
        shipment.status = 'cancel-requested';
        shipment.cancelRequests += 1;
      });
    case 'ShipmentCancelRefused':
      return change(order, event.data.shipmentId, (shipment) => (shipment.status = event.data.status));
    case 'ShipmentCancelled':
      return change(order, event.data.shipmentId, (shipment) => {
        releaseUnits(shipment, event.data.units);
        shipment.status = 'cancelled';
        if (event.data.moved) shipment.move = null;
      });
    case 'ShipmentMoveAsked': {
      const { shipmentId, attempt, toWarehouseId, reason } = event.data;
      order.lastAttempt = attempt;
      return change(order, shipmentId, (shipment) => (shipment.move = { attempt, toWarehouseId, reason, units: null }));
    }
    case 'ShipmentMovePromised': {
      const { shipmentId, units } = event.data;
      return change(order, shipmentId, (shipment) => (shipment.move = shipment.move && { ...shipment.move, units }));
    }
    case 'ShipmentMoveRefused':
      return change(order, event.data.shipmentId, (shipment) => (shipment.move = null));
    case 'ShipmentConflictFound':
      return change(order, event.data.shipmentId, (shipment) => {
        shipment.updates.add(event.data.updateId);
        // What left after the end counts as heard: the same words again change nothing.
        for (const { allocationId, shipped } of event.data.units)
          for (const unit of shipment.units) if (unit.allocationId === allocationId) unit.shipped = Math.max(unit.shipped, shipped);
      });
    case 'OrderLinesClosed':
      for (const { lineId, quantity } of event.data.lines) order.closed.set(lineId, (order.closed.get(lineId) ?? 0) + quantity);
      return order;
    case 'ShopUpdateDue':
    case 'ShopTold':
    case 'ShopRefused':
      heardByShop(order, event);
      return order;
    case 'ExceptionSettled':
      if (event.data.again) tryAgain(order, event.data);
      return order;
  }
};

const create = (order: SalesOrder, event: SalesOrderCreated): SalesOrder => {
  const { number, channelId, arrivedAt, status } = event.data;
  return Object.assign(said(order, event), { number, channelId, arrivedAt, stage: status });
};

const said = (order: SalesOrder, { data }: SalesOrderCreated | SalesOrderRevised): SalesOrder => {
  const { orderId, orderDate, warehouseId, carrierService, lines, channelRound, header } = data;
  return Object.assign(order, {
    orderId,
    orderDate,
    warehouseId,
    carrierService,
    lines,
    channelRound,
    cancelAfter: header.cancelAfter,
    hasShipTo: data.shipTo !== null,
    subjectId: data.shipTo?.subjectId ?? header.note?.subjectId ?? order.subjectId,
  });
};

const addShipment = (order: SalesOrder, { data }: ShipmentCreated): SalesOrder => {
  const { shipmentId, warehouseId, attempt } = data;
  const units = data.units.map((unit) => ({ ...unit, shipped: 0, released: false }));
  order.shipments.set(shipmentId, {
    shipmentId,
    warehouseId,
    status: 'ready-to-send',
    units,
    packages: new Map(),
    updates: new Set(),
    lastFailure: null,
    cancelRequests: 0,
    carrierService: data.carrierService,
    exportsAgain: 0,
    takenOn: false,
    move: null,
  });
  // What the order waits for beside it goes on waiting.
  if (data.replaces !== undefined) return order;
  if (order.asked?.attempt === attempt) order.asked = null;
  order.holdAttempt = null;
  order.backordered = false;
  return order;
};

const change = (order: SalesOrder, shipmentId: string, by: (shipment: Shipment) => unknown): SalesOrder => {
  const shipment = order.shipments.get(shipmentId);
  if (shipment) by(shipment);
  return order;
};

const unitsLeft = (shipment: Shipment, { data }: ShipmentUnitsLeft): void => {
  shipment.updates.add(data.updateId);
  for (const { allocationId, shipped } of data.units)
    for (const unit of shipment.units) if (unit.allocationId === allocationId) unit.shipped = shipped;
  for (const each of data.packages) shipment.packages.set(each.packageId, each);
  // A parcel alone says nothing of what left.
  if (data.units.length === 0) return;
  if (data.complete) shipment.status = 'shipped';
  // Whether the rest is given back has yet to be answered.
  else if (shipment.status !== 'cancel-requested') shipment.status = 'short-shipped';
};

const releaseUnits = (shipment: Shipment, units: readonly { readonly allocationId: string }[]): void => {
  const ids = new Set(units.map((unit) => unit.allocationId));
  for (const unit of shipment.units) if (ids.has(unit.allocationId)) unit.released = true;
};
