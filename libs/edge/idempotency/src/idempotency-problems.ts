import { problem } from '@stockproof/http-problems';

/** How a repeat, or what claims to be one, is refused. */
export const idempotencyProblems = {
  missing: problem(400, 'idempotency-key-missing', 'This operation needs an Idempotency-Key'),
  malformed: problem(400, 'idempotency-key-malformed', 'An Idempotency-Key is 1 to 255 visible ASCII characters'),
  running: problem(409, 'request-in-progress', 'The first request with this key is still running', {
    retryable: true,
    headers: { 'retry-after': '1' },
  }),
  reused: problem(422, 'idempotency-key-reused', 'The key was used for another request'),
} as const;
