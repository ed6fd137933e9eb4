export { IdempotencyModule, type IdempotencyModuleOptions } from './idempotency.module';
export { idempotencyMigrations } from './idempotency-migrations';
export { idempotencyProblems } from './idempotency-problems';
export { AnswerNotKept, RequiresIdempotencyKey, TakesIdempotencyKey } from './requires-idempotency-key';
