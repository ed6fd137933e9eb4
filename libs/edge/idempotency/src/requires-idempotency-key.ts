import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { Problems } from '@stockproof/http-problems';
import { idempotencyProblems } from './idempotency-problems';

export const keyRequired = 'stockproof:idempotency-key-required';
export const answerNotKept = 'stockproof:answer-not-kept';

const header = (required: boolean): MethodDecorator =>
  applyDecorators(
    ApiHeader({
      name: 'Idempotency-Key',
      required,
      description:
        'A repeat under the same key has no second effect and gets the same answer, for 72 hours. A UUIDv7 is refused beyond that instead of being taken for new.',
      schema: { type: 'string', minLength: 1, maxLength: 255 },
    }),
    Problems(...Object.values(idempotencyProblems)),
  );

/** Where stock or orders move: 400 without an `Idempotency-Key`. */
export const RequiresIdempotencyKey = (): MethodDecorator => applyDecorators(SetMetadata(keyRequired, true), header(true));

/** Documents the key where it is optional; every POST honours it. */
export const TakesIdempotencyKey = (): MethodDecorator => header(false);

/** The answer holds a secret: it is never kept; a repeat runs again under the same command id. */
export const AnswerNotKept = (): MethodDecorator => SetMetadata(answerNotKept, true);
