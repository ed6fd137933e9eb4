import { accept } from '@stockproof/decider';
import { ask, neverAsked, takeBack } from './sales-order.asking';
import type { HoldSalesOrder, RecordHeld, ReleaseHold } from './sales-order.commands';
import {
  firstOf,
  refuse,
  unlessFreeOfShipments,
  unlessIn,
  unlessNowhere,
  unlessUnknown,
  type SalesOrderDecision,
} from './sales-order.guards';
import type { SalesOrder } from './sales-order.state';

export const hold = ({ data }: HoldSalesOrder, order: SalesOrder): SalesOrderDecision => {
  const { orderId, reason, releaseAt, terms, now } = data;
  const refusal = firstOf(unlessUnknown(order), unlessFreeOfShipments(order), unlessIn(order, ['draft', 'approved'], 'hold'));
  if (refusal) return refuse(refusal);
  return accept({ type: 'SalesOrderPutOnHold', data: { orderId, reason, releaseAt, decidedAt: now } }, ...ask(order, 'hold', terms, now));
};

/** Stock answered: these units are kept. An answer to what was taken back since is stock's to free. */
export const recordHeld = ({ data }: RecordHeld, order: SalesOrder): SalesOrderDecision => {
  const { orderId, attempt, units, missing, now } = data;
  const known = order.asked?.attempt === attempt || order.holdAttempt === attempt;
  if (!known || order.stage !== 'on-hold') return accept(...neverAsked(order, data));
  return accept({ type: 'StockHeldForOrder', data: { orderId, attempt, units, missing, decidedAt: now } });
};

/** To send: one attempt takes the hold over, so that availability does not jump. To edit: the hold is freed. */
export const release = ({ data }: ReleaseHold, order: SalesOrder): SalesOrderDecision => {
  const { orderId, to, terms, byTimer, now } = data;
  const refusal = firstOf(unlessUnknown(order), unlessIn(order, ['on-hold'], 'release'));
  if (refusal) return refuse(refusal);
  if (byTimer && (order.releaseAt === null || order.releaseAt > now)) return refuse({ type: 'HoldNotDue' });
  const released = { type: 'SalesOrderHoldReleased', data: { orderId, to, decidedAt: now } } as const;
  if (to === 'edit') return accept(...takeBack(order, now), released);
  const nowhere = unlessNowhere(order, terms);
  if (nowhere) return refuse(nowhere);
  return accept(released, ...ask(order, 'allocate', terms, now));
};
