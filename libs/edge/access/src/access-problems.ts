import { problem } from '@stockproof/http-problems';

/** How access is refused. */
export const accessProblems = {
  unauthenticated: problem(401, 'unauthenticated', 'A valid credential is needed', { headers: { 'www-authenticate': 'Bearer' } }),
  forbidden: problem(403, 'forbidden', 'The permission for this is missing'),
  accountDisabled: problem(403, 'account-disabled', 'The account is disabled'),
  accessUnknown: problem(503, 'access-unknown', 'Who may do what is not known recently enough', { headers: { 'retry-after': '2' } }),
} as const;
