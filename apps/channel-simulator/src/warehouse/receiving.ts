import { behaviourOf } from '../behaviour/behaviour';
import { deliveryPlan } from '../behaviour/plan';
import { accepted } from '../journal/answer';
import { age, notHere, once, type EffectAnswer, type Floor } from './floor';
import type { ReceivedLine } from './warehouse-facts';
import type { PurchaseOrder } from './warehouse-state';

export type Announcement = {
  readonly purchaseOrderId: string;
  readonly purchaseOrderNumber: string;
  readonly lines: readonly ReceivedLine[];
};

/** Takes the announcement of a purchase order or refuses it. */
export const takePurchaseOrder = (
  floor: Floor,
  { purchaseOrderId, purchaseOrderNumber, lines }: Announcement,
  effectId: string,
): EffectAnswer =>
  once(floor, effectId, purchaseOrderNumber, () => {
    const taken = floor.state.purchaseOrders.get(purchaseOrderId);
    if (taken !== undefined) return accepted(taken.externalId);
    if (behaviourOf(purchaseOrderNumber) === 'refuses') {
      floor.record({
        kind: 'purchase-order-refused',
        effectId,
        purchaseOrderId,
        purchaseOrderNumber,
        message: 'the number of this purchase order says: refuse',
      });
    } else {
      const externalId = `${floor.code}-in-${floor.state.purchaseOrders.size + 1}`;
      floor.record({ kind: 'purchase-order-taken', effectId, externalId, purchaseOrderId, purchaseOrderNumber, lines });
    }
    return undefined;
  });

/** Agrees as long as nothing has arrived. */
export const cancelPurchaseOrder = (floor: Floor, purchaseOrderId: string, effectId: string): EffectAnswer => {
  const order = floor.state.purchaseOrders.get(purchaseOrderId);
  return once(floor, effectId, order?.purchaseOrderNumber ?? '', () => {
    if (order === undefined) return notHere('purchase order');
    if (order.deliveries === 0) floor.record({ kind: 'purchase-order-cancelled', effectId, purchaseOrderId });
    else floor.record({ kind: 'purchase-order-kept', effectId, purchaseOrderId, message: 'something has arrived already' });
    return undefined;
  });
};

/** What has not arrived yet, per line number. */
export const awaitedQuantities = ({ lines, received }: PurchaseOrder): ReadonlyMap<number, number> =>
  new Map(lines.map(({ lineNumber, quantity }) => [lineNumber, Math.max(0, quantity - (received.get(lineNumber) ?? 0))]));

/** So much more arrives now. */
export const receive = ({ record }: Floor, order: PurchaseOrder, quantities: ReadonlyMap<number, number>, final: boolean): void => {
  const { purchaseOrderId, purchaseOrderNumber, externalId, deliveries } = order;
  const lines = order.lines
    .map((line) => ({ ...line, quantity: quantities.get(line.lineNumber) ?? 0 }))
    .filter(({ quantity }) => quantity > 0);
  record({
    kind: 'goods-received',
    externalReceiptId: `${externalId}-receipt-${deliveries + 1}`,
    purchaseOrderId,
    purchaseOrderNumber,
    lines,
    final,
  });
};

/** Goods arrive that nobody announced, or under a number that the warehouse does not know. */
export const arriveUnannounced = (
  { code, state, record }: Floor,
  purchaseOrderNumber: string | null,
  lines: readonly ReceivedLine[],
  final: boolean,
): void =>
  record({
    kind: 'goods-received',
    externalReceiptId: `${code}-receipt-${state.receipts.length + 1}`,
    purchaseOrderId: null,
    purchaseOrderNumber,
    lines,
    final,
  });

/** One call went by: what is due arrives. */
export const purchaseOrdersGoOn = (floor: Floor): void => {
  for (const order of [...floor.state.openPurchaseOrders]) {
    const due = deliveryPlan(behaviourOf(order.purchaseOrderNumber), order.lines)[order.deliveries];
    if (due === undefined || age(floor, order.purchaseOrderId) < due.afterCalls) continue;
    const missing = order.lines.map(
      ({ lineNumber }, at) => [lineNumber, Math.max(0, (due.totals[at] ?? 0) - (order.received.get(lineNumber) ?? 0))] as const,
    );
    receive(floor, order, new Map(missing), due.final);
  }
};
