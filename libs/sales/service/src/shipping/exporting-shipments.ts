import type { HandOver } from '@stockproof/channel-exchange';
import type { FulfillmentChannel, ShipTo } from '@stockproof/fulfillment-channel';
import type { PersonalData } from '@stockproof/personal-data';
import type { SalesOrderCommand, Shipment } from '@stockproof/sales-domain';
import type { Queryable } from '@stockproof/sql';
import { derivedId, type AccountId, type Clock } from '@stockproof/vocabulary';
import { salesOrderStream, type SalesOrderHandler } from '../sales.streams';
import { readReadyShipments, type ReadyShipment } from '../views/sales-orders/sales-orders.query';
import type { WarehouseConnection } from './warehouse-connection';

export type Exporting = {
  readonly orders: SalesOrderHandler;
  readonly worker: Queryable;
  readonly connect: WarehouseConnection;
  readonly personalData: PersonalData;
  readonly clock: Clock;
};

export type WarehouseJob = { readonly accountId: AccountId; readonly organizationId: string; readonly warehouseId: string };

/** So many shipments a run: the next run goes on with the rest. */
const shipmentsARun = 200;

/**
 * Hands ready shipments to their warehouse, under the shipment's own id as the name of the effect: a lost answer is made good by
 * asking again. Throws when an answer stayed out, so that the job shows it and comes back.
 */
export const exportShipments = async (exporting: Exporting, job: WarehouseJob): Promise<number> => {
  const ready = await readReadyShipments(exporting.worker, job.accountId, job.warehouseId, shipmentsARun);
  if (ready.length === 0) return 0;
  const channel = await exporting.connect(job.accountId, job.warehouseId);
  if (channel === null) return 0;
  const unanswered: string[] = [];
  for (const shipment of ready) {
    const reason = await exportOne(exporting, job, channel, shipment);
    if (reason !== null) unanswered.push(reason);
  }
  if (unanswered.length > 0) throw new Error(`${unanswered.length} of ${ready.length} shipments were not answered: ${unanswered[0]}`);
  return ready.length;
};

const exportOne = async (
  exporting: Exporting,
  job: WarehouseJob,
  channel: FulfillmentChannel,
  ready: ReadyShipment,
): Promise<string | null> => {
  const { state: order } = await exporting.orders.load(salesOrderStream(job.accountId, ready.order_id));
  const shipment = order.shipments.get(ready.shipment_id);
  // The list is a view and may lag; the stream knows.
  if (shipment?.status !== 'ready-to-send') return null;
  const shipTo = ready.ship_to === null ? null : await exporting.personalData.open(ready.ship_to);
  if (shipTo === null)
    return record(exporting, job, ready, {
      type: 'RecordExportFailed',
      data: { ...refs(exporting, ready), reason: 'The address is not known any more.' },
    });
  const answer = await channel.sendShipment(
    {
      shipmentId: ready.shipment_id,
      orderNumber: order.number,
      orderedAt: order.orderDate,
      shipTo: shipTo as ShipTo,
      carrierService: null,
      requestedShipDate: null,
      note: null,
      lines: linesOf(shipment),
    },
    { effectId: ready.shipment_id },
  );
  return recordAnswer(exporting, job, ready, answer);
};

/** A shipment numbers its lines afresh: line n is its n-th unit. */
const linesOf = (shipment: Shipment) => shipment.units.map(({ sku, quantity }, index) => ({ lineNumber: index + 1, sku, quantity }));

const recordAnswer = async (exporting: Exporting, job: WarehouseJob, ready: ReadyShipment, answer: HandOver): Promise<string | null> => {
  switch (answer.outcome) {
    case 'accepted':
      return record(exporting, job, ready, {
        type: 'RecordShipmentAccepted',
        data: { ...refs(exporting, ready), externalId: answer.externalId, at: exporting.clock.now() },
      });
    case 'rejected':
      return record(exporting, job, ready, {
        type: 'RecordExportFailed',
        data: { ...refs(exporting, ready), reason: `${answer.refusal.code}: ${answer.refusal.message}` },
      });
    case 'unanswered':
      return answer.reason;
  }
};

const refs = ({ clock }: Exporting, { order_id, shipment_id }: ReadyShipment) => ({
  orderId: order_id,
  shipmentId: shipment_id,
  now: clock.now(),
});

const record = async (
  { orders }: Exporting,
  { accountId, organizationId }: WarehouseJob,
  { order_id, shipment_id }: ReadyShipment,
  command: SalesOrderCommand,
): Promise<string | null> => {
  const reason = 'reason' in command.data ? command.data.reason : '';
  const context = {
    commandId: derivedId('export', command.type, shipment_id, reason),
    // Jobs follow no request: what warehouses do is found by the shipment that they do it to.
    correlationId: shipment_id,
    causationId: shipment_id,
    actor: 'service:sales',
    organizationId,
    accountId,
  };
  const handled = await orders.handle(salesOrderStream(accountId, order_id), command, context);
  return handled.outcome === 'accepted' ? null : `${command.type}: ${handled.rejection.type}`;
};
