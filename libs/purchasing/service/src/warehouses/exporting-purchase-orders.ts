import type { WarehousePlace } from '@stockproof/channel-directory';
import type { HandOver } from '@stockproof/channel-exchange';
import type { AnnouncedPurchaseOrder, FulfillmentChannel } from '@stockproof/fulfillment-channel';
import type { Content, PurchaseOrderCommand } from '@stockproof/purchasing-domain';
import type { Queryable } from '@stockproof/sql';
import { derivedId, type Clock } from '@stockproof/vocabulary';
import { purchaseOrderStream, type PurchaseOrderHandler } from '../purchasing.streams';
import { readOrdersToExport } from '../views/purchase-orders/orders-to-work-on.query';
import { contextOfJob } from './context-of-jobs';

export type Exporting = { readonly orders: PurchaseOrderHandler; readonly worker: Queryable; readonly clock: Clock };
export type OpenWarehouse = WarehousePlace & { readonly channel: FulfillmentChannel };

/** So many orders a run: the next run goes on with the rest. */
export const ordersARun = 200;

/**
 * Announces approved orders to their warehouse. That it is about to is written down first, so that nobody unlocks what the warehouse
 * may already know. Throws when an answer stayed out, so that the job shows it and comes back with the same announcement.
 */
export const exportPurchaseOrders = async (exporting: Exporting, warehouse: OpenWarehouse): Promise<number> => {
  const { accountId, warehouseId } = warehouse;
  const ids = await readOrdersToExport(exporting.worker, accountId, warehouseId, ordersARun);
  const unanswered: string[] = [];
  for (const id of ids) {
    const reason = await exportOne(exporting, warehouse, id);
    if (reason !== null) unanswered.push(reason);
  }
  if (unanswered.length > 0) throw new Error(`${unanswered.length} of ${ids.length} purchase orders were not answered: ${unanswered[0]}`);
  return ids.length;
};

const exportOne = async (exporting: Exporting, warehouse: OpenWarehouse, purchaseOrderId: string): Promise<string | null> => {
  const { orders, clock } = exporting;
  const stream = purchaseOrderStream(warehouse.accountId, purchaseOrderId);
  const { approvals } = (await orders.loadLatest(stream)).state;
  const begin: PurchaseOrderCommand = { type: 'BeginExport', data: { purchaseOrderId, now: clock.now() } };
  await decided(exporting, warehouse, begin, derivedId('begin export', purchaseOrderId, approvals));
  // The list is a view and may lag; the stream knows, and is asked again after it has written.
  const { state: order } = await orders.loadLatest(stream);
  if (order.export !== 'begun' || order.content === null) return null;
  const announcement = order.approvals;
  const effectId = `${purchaseOrderId}/${announcement}`;
  const answer = await warehouse.channel.sendPurchaseOrder(announced(purchaseOrderId, order.content), { effectId });
  if (answer.outcome === 'unanswered') return answer.reason;
  const command = commandOf(answer, { purchaseOrderId, announcement, now: clock.now() });
  await decided(exporting, warehouse, command, derivedId('export', command.type, effectId));
  return null;
};

const announced = (purchaseOrderId: string, { number, supplier, expectedAt, lines }: Content): AnnouncedPurchaseOrder => ({
  purchaseOrderId,
  purchaseOrderNumber: number,
  supplier,
  expectedAt,
  lines: lines.map(({ sku, quantity, lot, serial }, index) => ({ lineNumber: index + 1, sku, quantity, lot, serial })),
});

const commandOf = (
  answer: Exclude<HandOver, { readonly outcome: 'unanswered' }>,
  of: { readonly purchaseOrderId: string; readonly announcement: number; readonly now: string },
): PurchaseOrderCommand =>
  answer.outcome === 'accepted'
    ? { type: 'RecordExportAccepted', data: { ...of, externalId: answer.externalId } }
    : { type: 'RecordExportRefused', data: { ...of, reason: `${answer.refusal.code}: ${answer.refusal.message}` } };

/** Has the order decide; throws where it could not be written down yet. */
export const decided = async (
  { orders }: Pick<Exporting, 'orders'>,
  place: { readonly accountId: string; readonly organizationId: string },
  command: PurchaseOrderCommand,
  commandId: string,
): Promise<void> => {
  const { purchaseOrderId } = command.data;
  const context = contextOfJob(place, purchaseOrderId, commandId);
  const handled = await orders.handle(purchaseOrderStream(place.accountId, purchaseOrderId), command, context);
  if (handled.outcome === 'rejected') throw new Error(`${command.type} of purchase order ${purchaseOrderId}: ${handled.rejection.type}`);
};
