import type { HandOver } from '@stockproof/channel-exchange';
import type { WarehousePlace } from '@stockproof/channel-directory';
import type { FulfillmentChannel, ShipTo } from '@stockproof/fulfillment-channel';
import type { PersonalData } from '@stockproof/personal-data';
import type { SalesOrderCommand, Shipment } from '@stockproof/sales-domain';
import type { Queryable } from '@stockproof/sql';
import { derivedId, type Clock } from '@stockproof/vocabulary';
import { salesOrderStream, type SalesOrderHandler } from '../sales.streams';
import { readReadyShipments, type ReadyShipment } from '../views/sales-orders/sales-orders.query';
import { forWarehouse } from './carrier-services';
import { shipmentAsItStands } from './shipment-as-it-stands';
import { unansweredOf } from './some-at-a-time';
import { withoutWordsOf } from './without-words-of';

export type Exporting = {
  readonly orders: SalesOrderHandler;
  readonly worker: Queryable;
  readonly personalData: PersonalData;
  readonly clock: Clock;
};

export type OpenWarehouse = WarehousePlace & { readonly channel: FulfillmentChannel };

/** So many shipments a run, the next run goes on with the rest; so many at once, for a warehouse answers slower than we ask. */
export const shipmentsARun = 200;
export const shipmentsAtOnce = 8;

/**
 * Hands ready shipments to their warehouse, under the shipment's own id as the name of the effect: a lost answer is made good by
 * asking again. Throws when an answer stayed out, so that the job shows it and comes back.
 */
export const exportShipments = async (exporting: Exporting, warehouse: OpenWarehouse): Promise<number> => {
  const ready = await readReadyShipments(exporting.worker, warehouse.accountId, warehouse.warehouseId, shipmentsARun);
  const unanswered = await unansweredOf(shipmentsAtOnce, ready, (shipment) => exportOne(exporting, warehouse, shipment));
  if (unanswered.length > 0) throw new Error(`${unanswered.length} of ${ready.length} shipments were not answered: ${unanswered[0]}`);
  return ready.length;
};

const exportOne = async (exporting: Exporting, warehouse: OpenWarehouse, ready: ReadyShipment): Promise<string | null> => {
  const named = { stream: salesOrderStream(warehouse.accountId, ready.order_id), shipmentId: ready.shipment_id };
  // The list is a view and may lag; the stream knows.
  const standing = await shipmentAsItStands(exporting.orders, named, isToSend);
  if (standing === null) return null;
  const { order, shipment } = standing;
  const effectId = shipment.exportsAgain === 0 ? ready.shipment_id : `${ready.shipment_id}/again/${shipment.exportsAgain}`;
  const { number: orderNumber, orderDate: orderedAt } = order;
  const lines = linesOf(shipment);
  const { carrierService, warnings } = forWarehouse(shipment.carrierService, warehouse.setUp.carrierMappings);
  const shipTo = ready.ship_to === null ? null : await exporting.personalData.open(ready.ship_to);
  const answer: HandOver =
    shipTo === null
      ? { outcome: 'rejected', refusal: { code: 'no-address', message: 'The address is not known any more.' } }
      : await warehouse.channel.sendShipment(
          {
            ...{ shipmentId: ready.shipment_id, orderNumber, orderedAt, shipTo: shipTo as ShipTo, carrierService, lines },
            requestedShipDate: null,
            note: null,
          },
          { effectId },
        );
  if (answer.outcome === 'unanswered') return answer.reason;
  return record(exporting, warehouse, { ...ready, effectId }, { answer: withoutWordsOf(answer, shipTo), warnings });
};

const isToSend = ({ status, lastFailure }: Shipment): boolean => status === 'ready-to-send' && lastFailure === null;

/** A shipment numbers its lines afresh: line n is its n-th unit. */
const linesOf = (shipment: Shipment) => shipment.units.map(({ sku, quantity }, index) => ({ lineNumber: index + 1, sku, quantity }));

type Answered = { readonly answer: Exclude<HandOver, { readonly outcome: 'unanswered' }>; readonly warnings: readonly string[] };

const record = async (
  { orders, clock }: Exporting,
  { accountId, organizationId }: WarehousePlace,
  { order_id: orderId, shipment_id: shipmentId, effectId }: ReadyShipment & { readonly effectId: string },
  { answer, warnings }: Answered,
): Promise<string | null> => {
  const of = { orderId, shipmentId, now: clock.now() };
  const command: SalesOrderCommand =
    answer.outcome === 'accepted'
      ? { type: 'RecordShipmentAccepted', data: { ...of, externalId: answer.externalId, at: of.now, warnings } }
      : { type: 'RecordExportFailed', data: { ...of, reason: `${answer.refusal.code}: ${answer.refusal.message}` } };
  const context = {
    commandId: derivedId('export', command.type, effectId),
    // Jobs follow no request: what warehouses do is found by the shipment that they do it to.
    correlationId: shipmentId,
    causationId: shipmentId,
    actor: 'service:sales',
    organizationId,
    accountId,
  };
  const handled = await orders.handle(salesOrderStream(accountId, orderId), command, context);
  return handled.outcome === 'accepted' ? null : `${command.type}: ${handled.rejection.type}`;
};
