import type { TakeBack } from '@stockproof/channel-exchange';
import type { SalesOrderCommand } from '@stockproof/sales-domain';
import { derivedId } from '@stockproof/vocabulary';
import { salesOrderStream } from '../sales.streams';
import { readShipmentsToTakeBack } from '../views/sales-orders/sales-orders.query';
import { shipmentsARun, shipmentsAtOnce, type Exporting, type OpenWarehouse } from './exporting-shipments';
import { shipmentAsItStands } from './shipment-as-it-stands';
import { unansweredOf } from './some-at-a-time';

type ToTakeBack = { readonly shipment_id: string; readonly order_id: string };

/** Asks the warehouse for the shipments that it is to give back; throws when an answer stayed out, so that the job comes back. */
export const takeShipmentsBack = async (exporting: Exporting, warehouse: OpenWarehouse): Promise<number> => {
  const wanted = await readShipmentsToTakeBack(exporting.worker, warehouse.accountId, warehouse.warehouseId, shipmentsARun);
  const unanswered = await unansweredOf(shipmentsAtOnce, wanted, (shipment) => takeOneBack(exporting, warehouse, shipment));
  if (unanswered.length > 0) throw new Error(`${unanswered.length} of ${wanted.length} cancellations were not answered: ${unanswered[0]}`);
  return wanted.length;
};

const takeOneBack = async (
  { orders, clock }: Exporting,
  { accountId, organizationId, channel }: OpenWarehouse,
  { shipment_id: shipmentId, order_id: orderId }: ToTakeBack,
): Promise<string | null> => {
  const stream = salesOrderStream(accountId, orderId);
  // The list is a view and may lag; the stream knows.
  const standing = await shipmentAsItStands(orders, { stream, shipmentId }, ({ status }) => status === 'cancel-requested');
  if (standing === null) return null;
  const { shipment } = standing;
  const effectId = `${shipmentId}/cancel/${shipment.cancelRequests}`;
  const answer: TakeBack = channel.capabilities.has('cancel-shipments')
    ? await channel.cancelShipment({ shipmentId }, { effectId })
    : { outcome: 'refused', refusal: { code: 'not-offered', message: 'this warehouse system gives nothing back' } };
  if (answer.outcome === 'unanswered') return answer.reason;
  const command = commandOf(answer, { orderId, shipmentId, now: clock.now() }, effectId);
  if (command === null) return null;
  const context = {
    commandId: derivedId('take-back', effectId),
    correlationId: shipmentId,
    causationId: shipmentId,
    actor: 'service:sales',
    organizationId,
    accountId,
  };
  const handled = await orders.handle(stream, command, context);
  return handled.outcome === 'accepted' ? null : `${command.type}: ${handled.rejection.type}`;
};

/** Nothing to record where the warehouse will say so in an update. */
const commandOf = (
  answer: Exclude<TakeBack, { readonly outcome: 'unanswered' }>,
  common: { readonly orderId: string; readonly shipmentId: string; readonly now: string },
  effectId: string,
): SalesOrderCommand | null => {
  switch (answer.outcome) {
    case 'requested':
      return null;
    case 'refused':
      return { type: 'RecordCancelRefused', data: { ...common, reason: `${answer.refusal.code}: ${answer.refusal.message}` } };
    case 'cancelled':
      return {
        type: 'RecordShipmentUpdate',
        data: {
          ...common,
          updateId: effectId,
          at: common.now,
          lines: [],
          packages: [],
          conflicts: [],
          closedShort: false,
          cancelled: true,
          giveUpRest: false,
        },
      };
  }
};
