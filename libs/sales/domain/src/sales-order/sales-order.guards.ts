import { reject, type Decision } from '@stockproof/decider';
import type { AllocationTerms, SalesOrderEvent } from './sales-order.events';
import type { SalesOrderRejection } from './sales-order.rejections';
import { allowedIn, statusOf, type SalesOrderStatus } from './sales-order.status';
import { isOpen, liveShipments, openParts, type SalesOrder, type Shipment } from './sales-order.state';

export type SalesOrderDecision = Decision<SalesOrderEvent, SalesOrderRejection>;

/** Everything that names an order needs it to be there. */
export const unlessUnknown = (order: SalesOrder): SalesOrderRejection | null =>
  order.orderId === null ? { type: 'SalesOrderUnknown' } : null;

/** Refused with the status, the command and what would be allowed. */
export const unlessIn = (order: SalesOrder, statuses: readonly SalesOrderStatus[], command: string): SalesOrderRejection | null => {
  const status = statusOf(order);
  return statuses.includes(status) ? null : { type: 'NotInThisStatus', status, command, allowed: allowedIn[status] };
};

export const unlessFreeOfShipments = (order: SalesOrder): SalesOrderRejection | null => {
  const live = liveShipments(order);
  return live.length === 0 ? null : { type: 'ShipmentsStillLive', shipmentIds: live.map((shipment) => shipment.shipmentId) };
};

/** What is to be shipped needs somebody to ask: nobody would ask later. */
export const unlessNowhere = (order: SalesOrder, { candidates }: AllocationTerms): SalesOrderRejection | null =>
  candidates.length === 0 && openParts(order).length > 0 ? { type: 'NoWarehouse' } : null;

export const openShipment = (order: SalesOrder, shipmentId: string): Shipment | SalesOrderRejection => {
  const shipment = order.shipments.get(shipmentId);
  if (!shipment) return { type: 'ShipmentUnknown', shipmentId };
  return isOpen(shipment) ? shipment : { type: 'ShipmentAlreadyEnded', shipmentId, status: shipment.status };
};

export const isRejection = (value: Shipment | SalesOrderRejection): value is SalesOrderRejection => 'type' in value;

/** The first that stands in the way. */
export const firstOf = (...rejections: readonly (SalesOrderRejection | null)[]): SalesOrderRejection | null =>
  rejections.find((rejection) => rejection !== null) ?? null;

export const refuse = (rejection: SalesOrderRejection): SalesOrderDecision => reject(rejection);
