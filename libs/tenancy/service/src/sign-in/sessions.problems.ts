import { problem } from '@stockproof/http-problems';

/** How signing in is refused. */
export const sessionProblems = {
  refused: problem(401, 'sign-in-refused', 'Name and password, or the refresh token, do not open anything'),
  tooManyFailures: problem(429, 'too-many-failed-sign-ins', 'Too many failed sign-ins with this name'),
} as const;
