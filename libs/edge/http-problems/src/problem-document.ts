import { ApiProperty } from '@nestjs/swagger';
import type { Problem } from './problem';

class ProblemDetailDocument {
  @ApiProperty({ description: 'JSON pointer into the body, or /query/…, /path/…, /header/…', example: '/lines/0/quantity' })
  readonly pointer!: string;
  @ApiProperty({ example: 'min' })
  readonly code!: string;
  @ApiProperty({ example: 'quantity must not be less than 1' })
  readonly message!: string;
}

/** RFC 9457 `application/problem+json` as it is sent. */
export class ProblemDocument {
  @ApiProperty({ format: 'uri', example: 'https://stockproof.dev/problems/validation-failed' })
  readonly type!: string;
  @ApiProperty({ example: 'The request is not valid' })
  readonly title!: string;
  @ApiProperty({ type: 'integer', example: 400 })
  readonly status!: number;
  @ApiProperty({ required: false })
  readonly detail?: string;
  @ApiProperty({ description: 'Stable: switch on this', example: 'validation-failed' })
  readonly code!: string;
  @ApiProperty({ type: [ProblemDetailDocument] })
  readonly errors!: readonly ProblemDetailDocument[];
  @ApiProperty({ description: 'Also in X-Request-Id' })
  readonly requestId!: string;
  @ApiProperty({ description: 'Whether the same request may succeed later, unchanged' })
  readonly retryable!: boolean;
  @ApiProperty({ description: '`stockproof` or `channel:<id>`', example: 'stockproof' })
  readonly source!: string;
}

const retryableStatuses = new Set([429, 503]);

/** Whether the same request may succeed later. */
export const isRetryable = (problem: Problem): boolean => problem.retryable ?? retryableStatuses.has(problem.status);

/** The problem as the answer to one request. */
export const problemDocument = (problem: Problem, requestId: string): ProblemDocument => ({
  type: `https://stockproof.dev/problems/${problem.code}`,
  title: problem.title,
  status: problem.status,
  ...(problem.detail === undefined ? {} : { detail: problem.detail }),
  code: problem.code,
  errors: problem.errors ?? [],
  requestId,
  retryable: isRetryable(problem),
  source: problem.source ?? 'stockproof',
});
