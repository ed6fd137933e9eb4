import type { Jobs, Timer } from '@stockproof/jobs';
import { derivedId, type Clock } from '@stockproof/vocabulary';
import { cancelAfterTimer, holdTimer, type SalesDesk } from './sales-desk';

/**
 * When a hold has run out the order is sent by itself. One that was released, moved or cancelled meanwhile refuses, and that is the end
 * of it; one that no warehouse may serve is tried again until one may, or a person ends the hold: nobody else would come back to it.
 */
export const releaseHoldsInTime = (jobs: Jobs, desk: SalesDesk): void => {
  jobs.onTimer(holdTimer, async (timer) => {
    const { accountId, orderId, context } = aboutOrder(timer);
    const handled = await desk.withTerms(
      accountId,
      orderId,
      (terms, now) => ({ type: 'ReleaseHold', data: { orderId, to: 'send', terms, byTimer: true, now } }),
      context,
    );
    if (handled.outcome === 'rejected' && (handled.rejection.type === 'ConcurrentModification' || handled.rejection.type === 'NoWarehouse'))
      throw new Error(`the hold of order ${orderId}: ${handled.rejection.type}`);
  });
};

/** When the cancel-after date comes the order is cancelled, unless something of it is on its way. */
export const cancelOverdueOrders = (jobs: Jobs, desk: SalesDesk, clock: Clock): void => {
  jobs.onTimer(cancelAfterTimer, async (timer) => {
    const { accountId, orderId, context } = aboutOrder(timer);
    const handled = await desk.handle(accountId, orderId, { type: 'CancelOverdueOrder', data: { orderId, now: clock.now() } }, context);
    if (handled.outcome === 'rejected') throw new Error(`the overdue order ${orderId}: ${handled.rejection.type}`);
  });
};

const aboutOrder = ({ id, dueAt, payload }: Timer) => {
  const [accountId, orderId, organizationId] = [
    String(payload['accountId']),
    String(payload['orderId']),
    String(payload['organizationId']),
  ];
  const commandId = derivedId('timer', id, dueAt);
  const context = { commandId, correlationId: commandId, causationId: commandId, actor: 'service:sales', organizationId, accountId };
  return { accountId, orderId, context };
};
