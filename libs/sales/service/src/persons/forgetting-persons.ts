import type { PersonalData } from '@stockproof/personal-data';
import { statusOf, type IncomingOrder, type SalesOrder } from '@stockproof/sales-domain';
import type { AccountId } from '@stockproof/vocabulary';
import { incomingOrderStream, salesOrderStream, type IncomingOrderHandler, type SalesOrderHandler } from '../sales.streams';

/** `still served`: something is yet to be sent to them, or their order waits for somebody. */
export type Forgot = 'forgotten' | 'unknown' | 'still served';

/**
 * Destroys the key to all that an order says of a person: address and note, and what came in of it. No event says so: whoever reads the
 * order finds nothing to open, before and after a restored backup alike. A repeat changes nothing.
 */
export type ForgettingPersons = (accountId: AccountId, orderId: string) => Promise<Forgot>;

export const forgettingPersons =
  (options: {
    readonly orders: SalesOrderHandler;
    readonly incoming: IncomingOrderHandler;
    readonly personalData: PersonalData;
  }): ForgettingPersons =>
  async (accountId, orderId) => {
    const [{ state: order }, { state: incoming }] = await Promise.all([
      options.orders.loadLatest(salesOrderStream(accountId, orderId)),
      options.incoming.loadLatest(incomingOrderStream(accountId, orderId)),
    ]);
    if (order.orderId === null && incoming.orderId === null) return 'unknown';
    if (!isOver(order, incoming)) return 'still served';
    const subjects = new Set([order.subjectId, incoming.content?.subjectId ?? null]);
    for (const subjectId of subjects) if (subjectId !== null) await options.personalData.forget(subjectId);
    return 'forgotten';
  };

/** An order that was never entered is over once nobody wants it. */
const isOver = (order: SalesOrder, incoming: IncomingOrder): boolean => {
  if (order.orderId === null) return incoming.state === 'ignored' || incoming.state === 'recorded';
  const status = statusOf(order);
  return status === 'shipped' || status === 'cancelled';
};
