import { explained, problem, type ProblemMap } from '@stockproof/http-problems';
import type { IncomingOrderRejection } from '@stockproof/sales-domain';

const settled = problem(409, 'incoming-order-settled', 'The order does not wait any more');

/** Every way an incoming order can say no, and how HTTP says it. */
export const incomingOrderProblems: ProblemMap<IncomingOrderRejection> = {
  IncomingOrderUnknown: problem(404, 'incoming-order-unknown', 'No such order has come in'),
  IncomingOrderSettled: explained(settled, ({ state }) => ({ detail: `It is ${state}.` })),
  IncomingOrderUnreadable: problem(409, 'incoming-order-unreadable', 'Nothing could be read of it: hand it in anew, or ignore it'),
};
