export { idempotencyProblems } from './idempotency-problems';
export { AnswerNotKept, RequiresIdempotencyKey, TakesIdempotencyKey } from './requires-idempotency-key';
