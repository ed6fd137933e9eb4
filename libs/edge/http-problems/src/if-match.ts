import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { knownProblems } from './known-problems';
import { problem } from './problem';
import { ProblemException } from './problem-exception';

const unusable = problem(400, 'malformed-if-match', 'If-Match must be one ETag as it was answered, or *');

/** The revision in `If-Match: "<revision>"`; `null` for `*` or none. */
export const parseIfMatch = (header: string | undefined): number | null => {
  if (header === undefined || header.trim() === '*') return null;
  const [, revision] = /^"(\d{1,15})"$/.exec(header.trim()) ?? [];
  if (revision === undefined)
    throw new ProblemException({ ...unusable, errors: [{ pointer: '/header/if-match', code: 'etag', message: unusable.title }] });
  return Number(revision);
};

const readIfMatch = createParamDecorator((required: boolean, context: ExecutionContext): number | null => {
  const header = context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  if (required && header === undefined) throw new ProblemException(knownProblems.preconditionRequired);
  return parseIfMatch(header);
});

const documented =
  (required: boolean): ParameterDecorator =>
  (target, key, index) => {
    readIfMatch(required)(target, key, index);
    const descriptor = key === undefined ? undefined : Object.getOwnPropertyDescriptor(target, key);
    if (key === undefined || descriptor === undefined) return;
    ApiHeader({ name: 'If-Match', required, description: 'ETag as it was read', schema: { type: 'string', example: '"7"' } })(
      target,
      key,
      descriptor,
    );
  };

/** `number | null`: the revision that the client expects, where it says one. */
export const IfMatch = (): ParameterDecorator => documented(false);

/** `number | null`: as `IfMatch`, but 428 without the header; `null` only for an explicit `*`. */
export const RequiredIfMatch = (): ParameterDecorator => documented(true);
