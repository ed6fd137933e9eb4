import type { Fact } from '@stockproof/publishing';
import {
  shipmentCancelledV1,
  shipmentCancelRefusedV1,
  shipmentCancelRequestedV1,
  shipmentClosedShortV1,
  shipmentCreatedV1,
  shipmentUnitsLeftV1,
} from '@stockproof/sales-contracts';
import type { Package, PromisedUnits, SalesOrderEvent, ShippedUnits } from '@stockproof/sales-domain';
import { fact } from './order-fact';

/** What became of a shipment; that a warehouse has taken it on is told among the requests to stock. */
export const shipmentFacts = (said: SalesOrderEvent): readonly Fact[] => {
  if (!('shipmentId' in said.data)) return [];
  const { orderId, shipmentId, warehouseId } = said.data;
  const of = { orderId, shipmentId, warehouseId };
  switch (said.type) {
    case 'ShipmentCreated': {
      const { units, replaces } = said.data;
      return [fact(shipmentCreatedV1, { ...of, units: units.map(promised), ...(replaces === undefined ? {} : { replaces }) })];
    }
    case 'ShipmentUnitsLeft': {
      const { at, units, packages, complete } = said.data;
      // That known units left earlier than was thought concerns stock alone.
      if (units.length === 0 && packages.length === 0) return [];
      return [fact(shipmentUnitsLeftV1, { ...of, leftAt: at, units: units.map(left), packages: packages.map(parcel), complete })];
    }
    case 'ShipmentClosedShort':
      return [fact(shipmentClosedShortV1, { ...of, closedAt: said.data.at, status: said.data.status })];
    case 'ShipmentCancelRequested':
      return [fact(shipmentCancelRequestedV1, of)];
    case 'ShipmentCancelRefused':
      return [fact(shipmentCancelRefusedV1, { ...of, status: said.data.status })];
    case 'ShipmentCancelled':
      return [fact(shipmentCancelledV1, { ...of, cancelledAt: said.data.at })];
    default:
      return [];
  }
};

const promised = ({ allocationId, lineId, sku, quantity }: PromisedUnits) => ({ allocationId, lineId, sku, quantity });
const left = ({ allocationId, lineId, sku, shipped }: ShippedUnits) => ({ allocationId, lineId, sku, shipped });
const parcel = ({ packageId, tracking, carrier, service }: Package) => ({ packageId, tracking, carrier, service });
