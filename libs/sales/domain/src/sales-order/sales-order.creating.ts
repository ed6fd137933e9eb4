import { accept } from '@stockproof/decider';
import { ask, takeBack } from './sales-order.asking';
import type { ApproveSalesOrder, CancelOverdueOrder, CancelSalesOrder, CreateSalesOrder, UnlockSalesOrder } from './sales-order.commands';
import type { OrderLine, SalesOrderCreated } from './sales-order.events';
import { evolve } from './sales-order.evolve';
import {
  firstOf,
  refuse,
  unlessFreeOfShipments,
  unlessIn,
  unlessNowhere,
  unlessUnknown,
  type SalesOrderDecision,
} from './sales-order.guards';
import type { SalesOrderRejection } from './sales-order.rejections';
import { noSalesOrder, type SalesOrder } from './sales-order.state';

/** The natural key makes the stream: the same order a second time finds itself here. */
export const create = ({ data }: CreateSalesOrder, order: SalesOrder): SalesOrderDecision => {
  if (order.orderId !== null) return refuse({ type: 'SalesOrderAlreadyCreated' });
  const { now, terms, hold, ...rest } = data;
  const incomplete = problemsOf(data.lines, data.shipTo !== null);
  // What is incomplete can only be kept as a draft.
  if (data.status === 'approved' && incomplete) return refuse(incomplete);
  const created: SalesOrderCreated = { type: 'SalesOrderCreated', data: { ...rest, arrivedAt: now, decidedAt: now } };
  if (data.status === 'draft') return accept(created);
  const after = evolve({ ...noSalesOrder(), lastAttempt: order.lastAttempt }, created);
  if (hold !== null && terms !== null) {
    const held = { type: 'SalesOrderPutOnHold', data: { orderId: data.orderId, ...hold, decidedAt: now } } as const;
    return accept(created, held, ...ask(after, 'hold', terms, now));
  }
  if (terms === null || terms.candidates.length === 0) return accept(created);
  return accept(created, ...ask(after, 'allocate', terms, now));
};

/** Everything that an order lacks to be approved. */
export const problemsOf = (lines: readonly OrderLine[], hasShipTo: boolean): SalesOrderRejection | null => {
  const problems = [
    ...(lines.length === 0 ? [{ field: '/lines', code: 'no-lines' }] : []),
    ...(hasShipTo ? [] : [{ field: '/shipTo', code: 'missing' }]),
    ...lines.flatMap(({ sku, quantity }, index) => [
      ...(sku.trim() === '' ? [{ field: `/lines/${index}/sku`, code: 'empty' }] : []),
      ...(quantity > 0 ? [] : [{ field: `/lines/${index}/quantity`, code: 'not-positive' }]),
    ]),
  ];
  return problems.length === 0 ? null : { type: 'SalesOrderIncomplete', problems };
};

export const approve = ({ data: { orderId, terms, now } }: ApproveSalesOrder, order: SalesOrder): SalesOrderDecision => {
  const refusal = firstOf(
    unlessUnknown(order),
    unlessIn(order, ['draft'], 'approve'),
    problemsOf(order.lines, order.hasShipTo),
    terms === null ? null : unlessNowhere(order, terms),
  );
  if (refusal) return refuse(refusal);
  const approved = { type: 'SalesOrderApproved', data: { orderId, decidedAt: now } } as const;
  return accept(approved, ...(terms === null ? [] : ask(order, 'allocate', terms, now)));
};

export const unlock = ({ data: { orderId, now } }: UnlockSalesOrder, order: SalesOrder): SalesOrderDecision => {
  const refusal = firstOf(unlessUnknown(order), unlessFreeOfShipments(order), unlessIn(order, ['approved'], 'unlock'));
  if (refusal) return refuse(refusal);
  return accept(...takeBack(order, now), { type: 'SalesOrderUnlocked', data: { orderId, decidedAt: now } });
};

/** What was asked of stock, and what it keeps for the order, is taken back in the same append. */
export const cancel = ({ data: { orderId, reason, now } }: CancelSalesOrder, order: SalesOrder): SalesOrderDecision => {
  const refusal = firstOf(unlessUnknown(order), unlessFreeOfShipments(order), unlessIn(order, ['draft', 'approved', 'on-hold'], 'cancel'));
  if (refusal) return refuse(refusal);
  return accept(...takeBack(order, now), { type: 'SalesOrderCancelled', data: { orderId, reason, decidedAt: now } });
};

/** The date may have been moved since the timer was set, and what is on its way goes on. */
export const cancelOverdue = ({ data: { orderId, now } }: CancelOverdueOrder, order: SalesOrder): SalesOrderDecision => {
  if (order.cancelAfter === null || order.cancelAfter > now) return accept();
  const decision = cancel({ type: 'CancelSalesOrder', data: { orderId, reason: 'cancel-after date has passed', now } }, order);
  return decision.outcome === 'rejected' ? accept() : decision;
};
