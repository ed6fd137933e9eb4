import type { Jobs } from '@stockproof/jobs';
import type { Queryable } from '@stockproof/sql';
import { derivedId } from '@stockproof/vocabulary';
import { readOverdueOrders } from '../views/purchase-orders/orders-to-work-on.query';
import { readAssignedReceipts } from '../views/unexplained-receipts/unexplained-receipts.query';
import { contextOfJob } from './context-of-jobs';
import { decided } from './exporting-purchase-orders';
import { bookAssigned, type ReceiptDesk } from './receipt-desk';

const atOnce = 200;
const everyMs = 10_000;

/** What happens by itself, whoever looks: orders past their last date are called off, and assigned receipts that a crash left are booked. */
export const finishByItself = async (jobs: Jobs, desk: ReceiptDesk, worker: Queryable): Promise<void> => {
  const work = {
    'cancel-overdue-purchase-orders': () => cancelOverdue(desk, worker),
    'book-assigned-receipts': () => bookLeft(desk, worker),
  };
  for (const [kind, run] of Object.entries(work)) {
    jobs.onSchedule({
      kind,
      run: async ({ progress }) => {
        const done = await run();
        await progress(done, done);
        return { cursor: null };
      },
    });
    await jobs.schedule(kind, 'purchasing', { accountId: null, everyMs, payload: {} });
  }
};

const cancelOverdue = async (desk: ReceiptDesk, worker: Queryable): Promise<number> => {
  const now = desk.clock.now();
  const overdue = await readOverdueOrders(worker, now, atOnce);
  for (const { account_id: accountId, organization_id: organizationId, purchase_order_id: purchaseOrderId } of overdue) {
    // Tried again as often as it is listed: the date may have been moved, and passed, since the last time.
    const commandId = derivedId('cancel when overdue', purchaseOrderId, now);
    await decided(desk, { accountId, organizationId }, { type: 'CancelWhenOverdue', data: { purchaseOrderId, now } }, commandId);
  }
  return overdue.length;
};

const bookLeft = async (desk: ReceiptDesk, worker: Queryable): Promise<number> => {
  const left = await readAssignedReceipts(worker, atOnce);
  const refused: string[] = [];
  for (const { account_id: accountId, organization_id: organizationId, unexplained_receipt_id: id } of left) {
    const booked = await bookAssigned(desk, accountId, id, contextOfJob({ accountId, organizationId }, id, id));
    if (booked?.outcome === 'rejected') refused.push(`receipt ${id}: ${booked.rejection.type}`);
  }
  if (refused.length > 0) throw new Error(`${refused.length} of ${left.length} assigned receipts were not booked: ${refused[0]}`);
  return left.length;
};
