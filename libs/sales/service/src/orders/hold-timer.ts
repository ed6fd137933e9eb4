import type { Jobs } from '@stockproof/jobs';
import { derivedId } from '@stockproof/vocabulary';
import { holdTimer, type SalesDesk } from './sales-desk';

/** When a hold has run out the order is sent by itself. One that was released, moved or cancelled meanwhile refuses, and that is the end of it. */
export const releaseHoldsInTime = (jobs: Jobs, desk: SalesDesk): void => {
  jobs.onTimer(holdTimer, async ({ id, dueAt, payload }) => {
    const [accountId, orderId, organizationId] = [
      String(payload['accountId']),
      String(payload['orderId']),
      String(payload['organizationId']),
    ];
    const commandId = derivedId('hold-timer', id, dueAt);
    const context = { commandId, correlationId: commandId, causationId: commandId, actor: 'service:sales', organizationId, accountId };
    const handled = await desk.withTerms(
      accountId,
      orderId,
      (terms, now) => ({ type: 'ReleaseHold', data: { orderId, to: 'send', terms, byTimer: true, now } }),
      context,
    );
    if (handled.outcome === 'rejected' && handled.rejection.type === 'ConcurrentModification')
      throw new Error(`the hold of order ${orderId} lost every race`);
  });
};
