import type { WarehouseReceipt } from '@stockproof/fulfillment-channel';
import type { Unexplained } from '@stockproof/purchasing-domain';
import type { TenantReader } from '@stockproof/sql';
import { validate } from 'uuid';
import { purchaseOrderStream, type PurchaseOrderHandler } from '../purchasing.streams';
import { readOrdersNumbered } from '../views/purchase-orders/orders-to-work-on.query';

export type Finding = { readonly orders: PurchaseOrderHandler; readonly reader: TenantReader };

/** Which order a receipt is for, or why nobody can say. */
export type Found =
  { readonly outcome: 'found'; readonly purchaseOrderId: string } | { readonly outcome: 'not-found'; readonly because: Unexplained };

type Place = { readonly accountId: string; readonly warehouseId: string };

const notFound = (because: Unexplained): Found => ({ outcome: 'not-found', because });

/** By the id that we gave it, else by its number within the account. Goods lie where they came: an order of another warehouse is not theirs. */
export const findOrder = async (
  finding: Finding,
  place: Place,
  { purchaseOrderId, purchaseOrderNumber }: Pick<WarehouseReceipt, 'purchaseOrderId' | 'purchaseOrderNumber'>,
): Promise<Found> => {
  if (purchaseOrderId !== null && validate(purchaseOrderId)) {
    const id = purchaseOrderId.toLowerCase();
    const { content, status } = (await finding.orders.loadLatest(purchaseOrderStream(place.accountId, id))).state;
    if (content !== null) return placed({ purchaseOrderId: id, warehouseId: content.warehouseId, status }, place);
  }
  return purchaseOrderNumber === null ? notFound('unknown-order') : byNumber(finding, place, purchaseOrderNumber);
};

const placed = (
  order: { readonly purchaseOrderId: string; readonly warehouseId: string; readonly status: string },
  { warehouseId }: Place,
): Found => {
  if (order.warehouseId !== warehouseId) return notFound('another-warehouse');
  return order.status === 'draft' ? notFound('order-not-approved') : { outcome: 'found', purchaseOrderId: order.purchaseOrderId };
};

const byNumber = async ({ reader }: Finding, place: Place, number: string): Promise<Found> => {
  const all = await readOrdersNumbered(reader, place.accountId, number);
  const here = all.filter(({ warehouse_id }) => warehouse_id === place.warehouseId);
  const ordered = here.filter(({ status }) => status !== 'draft');
  const open = ordered.filter(({ status }) => status === 'approved' || status === 'receiving');
  const [only, ...more] = open.length > 0 ? open : ordered;
  if (more.length > 0) return notFound('ambiguous-number');
  if (only !== undefined) return { outcome: 'found', purchaseOrderId: only.purchase_order_id };
  if (here.length > 0) return notFound('order-not-approved');
  return notFound(all.length > 0 ? 'another-warehouse' : 'unknown-order');
};
