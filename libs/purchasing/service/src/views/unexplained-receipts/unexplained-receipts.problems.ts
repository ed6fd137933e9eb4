import { explained, knownProblems, problem, type ProblemMap } from '@stockproof/http-problems';
import type { UnexplainedReceiptRejection } from '@stockproof/purchasing-domain';

type FitsNoLine = Extract<UnexplainedReceiptRejection, { readonly type: 'ReceiptFitsNoLine' }>;

/** Every way a receipt that no order explains can say no, and how HTTP says it. */
export const unexplainedReceiptProblems: ProblemMap<UnexplainedReceiptRejection> = {
  UnexplainedReceiptUnknown: knownProblems.notFound,
  ReceiptAlreadyExplained: problem(409, 'receipt-already-explained', 'Nothing of this receipt waits for a person'),
  ReceiptUnreadable: problem(
    409,
    'receipt-unreadable',
    'What could not be read cannot be assigned; book it by hand on its order and dismiss this',
  ),
  ReceiptFitsNoLine: explained<FitsNoLine>(
    problem(422, 'receipt-fits-no-line', 'No line of the order takes some of the goods'),
    ({ lines }) => ({
      detail: `Lines of the receipt: ${lines.slice(0, 20).join(', ')}.`,
    }),
  ),
};

/** There is no such order, or it is a draft. */
export const orderTakesNoGoods = problem(422, 'order-takes-no-goods', 'There is no such purchase order, or it is still a draft');
