import { problem } from '@stockproof/http-problems';

/** Nothing of it is applied. */
export const reportIdReused = problem(409, 'report-id-reused', 'A report that said something else has this id', {
  errors: [{ pointer: '/reportId', code: 'report-id-reused', message: 'A report that said something else has this id' }],
});
