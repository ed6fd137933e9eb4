import { explained, problem, type ProblemMap } from '@stockproof/http-problems';
import type { AllocationRejection } from '@stockproof/stock-domain';

const withdrawn = problem(409, 'attempt-withdrawn', 'The attempt was withdrawn');
const planOutdated = problem(409, 'plan-outdated', 'Another plan was written meanwhile', { retryable: true });

/** Every way an allocation can say no, and how HTTP says it. */
export const allocationProblems: ProblemMap<AllocationRejection> = {
  AttemptUnknown: problem(404, 'attempt-unknown', 'There is no such attempt'),
  AttemptAlreadyWithdrawn: withdrawn,
  AttemptAlreadySettled: problem(409, 'attempt-settled', 'The attempt has its outcome'),
  PlanOutdated: explained(planOutdated, ({ lastPlan }) => ({ detail: `The last plan is ${lastPlan}.` })),
  NotHeld: problem(409, 'not-held', 'The order holds no stock'),
  NothingHeldThere: problem(422, 'nothing-held-there', 'The order holds nothing in that warehouse'),
  AttemptStillOpen: problem(409, 'attempt-open', 'The attempt is still open'),
};

/** The other warehouse has too little: the hold stays whole, planned anew over all candidates. */
export const noRoomThere = problem(409, 'not-enough-stock-there', 'The other warehouse cannot take the hold over');
