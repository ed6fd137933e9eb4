import type { RecordedEvent } from '@stockproof/event-store';
import type { Fact, Publication } from '@stockproof/publishing';
import {
  allocationRequestedV1,
  allocationWithdrawnV1,
  shipmentAcceptedV1,
  unitsReleasedV1,
  unitsShippedV1,
} from '@stockproof/sales-contracts';
import type { SalesOrderEvent, ShippedUnits } from '@stockproof/sales-domain';
import { orderFacts } from './order.facts';

/**
 * What an order wants from stock, in the order of its stream: the account's requests are decided in one place. And what became of it,
 * for whoever follows orders; that comes behind, so that a request has the id that it always had.
 */
export const salesPublication: Publication = {
  handles: [
    'SalesOrderCreated',
    'SalesOrderRevised',
    'SalesOrderApproved',
    'SalesOrderUnlocked',
    'SalesOrderCancelled',
    'SalesOrderPutOnHold',
    'SalesOrderHoldReleased',
    'SalesOrderBackordered',
    'StockHeldForOrder',
    'OrderLinesClosed',
    'AllocationAsked',
    'AllocationTakenBack',
    'ShipmentCreated',
    'ShipmentAcceptedByWarehouse',
    'ShipmentUnitsLeft',
    'ShipmentClosedShort',
    'ShipmentCancelRequested',
    'ShipmentCancelRefused',
    'ShipmentCancelled',
    'ShipmentMoveAsked',
    'ShipmentConflictFound',
  ],
  facts: (event) => {
    const said = { type: event.type, data: event.data } as SalesOrderEvent;
    return [...requests(event, said), ...orderFacts(said)];
  },
};

const requests = (event: RecordedEvent, said: SalesOrderEvent): readonly Fact[] => {
  const { orderId } = said.data;
  switch (said.type) {
    case 'AllocationAsked':
    case 'ShipmentMoveAsked':
      return [request(event, allocationRequestedV1, { orderId, attempt: said.data.attempt, wanted: said.data.wanted })];
    case 'AllocationTakenBack':
      return [request(event, allocationWithdrawnV1, { orderId, attempt: said.data.attempt })];
    case 'ShipmentAcceptedByWarehouse':
      return [
        request(event, shipmentAcceptedV1, { orderId, shipmentId: said.data.shipmentId, acceptedAt: said.data.at, units: said.data.units }),
      ];
    case 'ShipmentUnitsLeft': {
      const units = [...said.data.units, ...(said.data.earlier ?? [])];
      return units.length === 0 ? [] : [request(event, unitsShippedV1, { orderId, ...shipped({ ...said.data, units }) })];
    }
    case 'ShipmentConflictFound':
      return said.data.units.length === 0 ? [] : [request(event, unitsShippedV1, { orderId, ...shipped(said.data) })];
    case 'ShipmentClosedShort':
      return [
        request(event, unitsReleasedV1, {
          orderId,
          ...released(said.data),
          reason: said.data.by === 'person' ? 'closed-by-hand' : 'closed-short',
        }),
      ];
    case 'ShipmentCancelled':
      return [
        request(event, unitsReleasedV1, { orderId, ...released(said.data), reason: said.data.moved ? 'moved' : 'shipment-cancelled' }),
      ];
    default:
      return [];
  }
};

const shipped = ({
  shipmentId,
  warehouseId,
  at,
  units,
}: {
  readonly shipmentId: string;
  readonly warehouseId: string;
  readonly at: string;
  readonly units: readonly ShippedUnits[];
}) => ({
  shipmentId,
  warehouseId,
  shippedAt: at,
  units: units.map((unit) => ({ allocationId: unit.allocationId, sku: unit.sku, shipped: unit.shipped })),
});

const released = ({
  shipmentId,
  at,
  units,
}: {
  readonly shipmentId: string;
  readonly at: string;
  readonly units: readonly { readonly allocationId: string; readonly sku: string }[];
}) => ({
  shipmentId,
  releasedAt: at,
  units,
});

const request = (
  event: RecordedEvent,
  { type, topic }: { readonly type: string; readonly topic: string },
  data: Fact['data'] & { readonly orderId: string },
): Fact => {
  const account = event.meta.accountId ?? '';
  return { type, topic, subject: data.orderId, partitionKey: account, orderingKey: `${account}/${data.orderId}`, data };
};
