import { isStorableText } from '@stockproof/vocabulary';
import type { FastifyRequest } from 'fastify';
import { knownProblems } from './known-problems';
import type { ProblemDetail } from './problem';
import { ProblemException } from './problem-exception';
import { pointerTo } from './pointer';

/** Deeper than any document of ours by far; recursion over parsed input stays shallow. */
export const maxDepth = 32;
/** Values in one body: validation costs some microseconds for each. */
export const maxValues = 50_000;

type Finding = { readonly path: readonly string[]; readonly code: string; readonly message: string };

const unstorable = { code: 'unstorable-text', message: 'must not hold NUL or lone surrogates' };
const tooDeep = { code: 'too-deep', message: `must not be nested deeper than ${maxDepth}` };
const tooMany = { code: 'too-many-values', message: `must not hold more than ${maxValues} values` };

type Budget = { values: number };

const findIn = (value: unknown, path: readonly string[], budget: Budget): Finding | null => {
  if (typeof value === 'string') return isStorableText(value) ? null : { path, ...unstorable };
  if (!isNested(value)) return null;
  return path.length >= maxDepth ? { path, ...tooDeep } : findInside(value, path, budget);
};

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);

const findInside = (value: object, path: readonly string[], budget: Budget): Finding | null => {
  for (const [key, child] of Object.entries(value)) {
    if ((budget.values -= 1) < 0) return { path: [], ...tooMany };
    if (!isStorableText(key)) return { path, ...unstorable };
    const found = findIn(child, [...path, key], budget);
    if (found !== null) return found;
  }
  return null;
};

/** The first thing in a parsed input that no store could keep, or that is larger than anything meant; `null` when there is none. */
export const hostilePart = (value: unknown, place: string): ProblemDetail | null => {
  const found = findIn(value, [], { values: maxValues });
  return found === null ? null : { pointer: `${place}${pointerTo(found.path)}`, code: found.code, message: found.message };
};

/** What the framework would read besides JSON, though no operation means it. */
const framework = /^\s*(?:text\/plain|application\/x-www-form-urlencoded)\b/i;

/** Bodies are JSON. A Fastify hook, so that others are not even read. */
export const refuseForeignMediaType = async ({ headers }: FastifyRequest): Promise<void> => {
  if (framework.test(headers['content-type'] ?? '')) throw new ProblemException(knownProblems.unsupportedMediaType);
};

/** Refuses a request that holds such a thing anywhere. A Fastify hook, so that nothing of ours ever sees it. */
export const refuseHostileInput = async (request: FastifyRequest): Promise<void> => {
  const errors = [hostilePart(request.params, '/path'), hostilePart(request.query, '/query'), hostilePart(request.body, '')].filter(
    (found) => found !== null,
  );
  if (errors.length > 0) throw new ProblemException({ ...knownProblems.validationFailed, errors });
};
