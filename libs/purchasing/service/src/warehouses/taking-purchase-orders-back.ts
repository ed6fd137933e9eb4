import type { TakeBack } from '@stockproof/channel-exchange';
import { isToBeTakenBack } from '@stockproof/purchasing-domain';
import { derivedId } from '@stockproof/vocabulary';
import { purchaseOrderStream } from '../purchasing.streams';
import { readOrdersToTakeBack } from '../views/purchase-orders/orders-to-work-on.query';
import { decided, ordersARun, type Exporting, type OpenWarehouse } from './exporting-purchase-orders';

/** Tells the warehouse of cancelled orders that it had accepted; throws when an answer stayed out, so that the job comes back. */
export const takePurchaseOrdersBack = async (exporting: Exporting, warehouse: OpenWarehouse): Promise<number> => {
  const ids = await readOrdersToTakeBack(exporting.worker, warehouse.accountId, warehouse.warehouseId, ordersARun);
  const unanswered: string[] = [];
  for (const id of ids) {
    const reason = await takeOneBack(exporting, warehouse, id);
    if (reason !== null) unanswered.push(reason);
  }
  if (unanswered.length > 0) throw new Error(`${unanswered.length} of ${ids.length} cancellations were not answered: ${unanswered[0]}`);
  return ids.length;
};

const takeOneBack = async (exporting: Exporting, warehouse: OpenWarehouse, purchaseOrderId: string): Promise<string | null> => {
  const { state: order } = await exporting.orders.loadLatest(purchaseOrderStream(warehouse.accountId, purchaseOrderId));
  if (!isToBeTakenBack(order)) return null;
  const effectId = `${purchaseOrderId}/${order.approvals}/cancel`;
  const answer: TakeBack = warehouse.channel.capabilities.has('cancel-purchase-orders')
    ? await warehouse.channel.cancelPurchaseOrder({ purchaseOrderId }, { effectId })
    : { outcome: 'refused', refusal: { code: 'not-offered', message: 'this warehouse system cannot be told; tell the people there' } };
  if (answer.outcome === 'unanswered') return answer.reason;
  const reason = answer.outcome === 'refused' ? `${answer.refusal.code}: ${answer.refusal.message}` : null;
  const data = { purchaseOrderId, outcome: answer.outcome, reason, now: exporting.clock.now() };
  await decided(exporting, warehouse, { type: 'RecordTakeBack', data }, derivedId('take back', effectId));
  return null;
};
