import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { knownProblems } from './known-problems';
import type { Problem } from './problem';
import { ProblemDocument, problemDocument } from './problem-document';

type Documentable = Problem | ((rejection: never) => Problem);
type Source = Documentable | { readonly [rejection: string]: Documentable };

const isProblem = (source: Source): source is Problem => typeof source === 'object' && typeof source['status'] === 'number';

const documented = (source: Documentable): readonly Problem[] => {
  if (typeof source !== 'function') return [source];
  const about: unknown = 'problem' in source ? source.problem : undefined;
  return about === undefined ? [] : [about as Problem];
};

const problemsOf = (source: Source): readonly Problem[] =>
  isProblem(source) || typeof source === 'function' ? documented(source) : Object.values(source).flatMap(documented);

const problemsKey = 'stockproof:problems';

/**
 * Documents problems that an operation may answer: single ones and whole maps, of which plain functions are left out (use
 * `explained`). Several uses on one operation add up.
 */
export const Problems =
  (...sources: readonly Source[]): MethodDecorator =>
  (target, key, descriptor) => {
    const method = descriptor.value as object;
    const before = (Reflect.getMetadata(problemsKey, method) ?? []) as readonly Problem[];
    const named = sources.flatMap(problemsOf);
    const all = [...before, ...named, ...(named.some(({ hearsay }) => hearsay) ? [knownProblems.notHeardYet] : [])];
    Reflect.defineMetadata(problemsKey, all, method);
    const statuses = Map.groupBy(all, ({ status }) => status);
    const responses = [...statuses].map(([status, problems]) => ApiResponse({ status, ...problemResponse(problems) }));
    applyDecorators(ApiExtraModels(ProblemDocument), ...responses)(target, key, descriptor);
  };

/** The OpenAPI response for problems of one status. */
export const problemResponse = (problems: readonly Problem[]) => {
  const byCode = new Map(problems.map((problem) => [problem.code, problem]));
  return {
    description: [...byCode.values()].map(({ code, title }) => `\`${code}\`: ${title}`).join('\n\n'),
    content: {
      'application/problem+json': {
        schema: { $ref: getSchemaPath(ProblemDocument) },
        examples: Object.fromEntries(
          [...byCode].map(([code, problem]) => [code, { value: problemDocument(problem, '0199b0f0-0000-7000-8000-000000000000') }]),
        ),
      },
    },
  };
};

/** Documents a page of a list, and what it may say besides its items. */
export const ApiPage = (item: Type<unknown>, more: Readonly<Record<string, Type<unknown>>> = {}): MethodDecorator =>
  applyDecorators(
    ApiExtraModels(item, ...Object.values(more)),
    ApiOkResponse({
      schema: {
        type: 'object',
        required: ['items', 'nextCursor'],
        properties: {
          items: { type: 'array', items: { $ref: getSchemaPath(item) } },
          nextCursor: { oneOf: [{ type: 'string' }, { type: 'null' }], description: 'Where the next page begins; null on the last' },
          ...Object.fromEntries(Object.entries(more).map(([name, type]) => [name, { $ref: getSchemaPath(type) }])),
        },
      },
    }),
  );
