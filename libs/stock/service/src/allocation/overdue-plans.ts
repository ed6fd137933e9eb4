import type { IntegrationBus, IntegrationMessage } from '@stockproof/integration-bus';
import type { Jobs } from '@stockproof/jobs';
import { stockRequestsTopic } from '@stockproof/sales-contracts';
import type { Queryable } from '@stockproof/sql';
import { planOverdueV1 } from '@stockproof/stock-contracts';
import { derivedId, type Clock } from '@stockproof/vocabulary';
import { readOverduePlans, type OverduePlan } from '../views/allocations/allocations.query';

/** A plan is never left to its writer: without an outcome for this long it is put on the topic of requests again. */
export const overdueAfterMs = 30_000;

const lookEveryMs = 10_000;

/** Reminds the allocator, by way of the topic, of every plan that has had no outcome for too long. */
export const watchOverduePlans = async (
  jobs: Jobs,
  database: Queryable,
  bus: IntegrationBus,
  { clock, logId }: { readonly clock: Clock; readonly logId: string },
): Promise<void> => {
  jobs.onSchedule({
    kind: 'finish-overdue-plans',
    run: async ({ progress }) => {
      const overdue = await readOverduePlans(database, clock.now(), overdueAfterMs);
      if (overdue.length > 0) await bus.publish(overdue.map((plan, index) => reminderOf(plan, { logId, now: clock.now(), index })));
      await progress(overdue.length, overdue.length);
      return { cursor: null };
    },
  });
  await jobs.schedule('finish-overdue-plans', 'stock', { accountId: null, everyMs: lookEveryMs, payload: {} });
};

/** Reminders have a source of their own, whose positions are moments: a second reminder of the same plan comes after the first. */
export const reminderOf = (
  { organizationId, accountId, orderId, attempt, revision }: OverduePlan,
  { logId, now, index }: { readonly logId: string; readonly now: string; readonly index: number },
): IntegrationMessage => {
  const id = derivedId('plan-overdue', orderId, attempt, now);
  return {
    id,
    type: planOverdueV1.type,
    source: `stockproof/stock-reminders/${logId}`,
    subject: orderId,
    time: now,
    topic: stockRequestsTopic,
    partitionKey: accountId,
    orderingKey: `${accountId}/${orderId}`,
    organizationId,
    accountId,
    sequence: revision,
    sourcePosition: `${now}/${String(index).padStart(6, '0')}`,
    ordinal: 0,
    correlationId: id,
    causationId: id,
    data: { orderId, attempt, revision },
  };
};
