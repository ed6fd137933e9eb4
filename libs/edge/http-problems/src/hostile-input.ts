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

const unstorable = { code: 'unstorable-text', message: 'must not hold NUL or lone surrogates' };
const tooDeep = { code: 'too-deep', message: `must not be nested deeper than ${maxDepth}` };
const tooMany = { code: 'too-many-values', message: `must not hold more than ${maxValues} values` };

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);

/** Where a parsed body is larger than anything meant; `null`: it is not. */
const oversize = (value: unknown, path: readonly string[], budget: { values: number }): ProblemDetail | null => {
  if (!isNested(value)) return null;
  if (path.length >= maxDepth) return { pointer: pointerTo(path), ...tooDeep };
  for (const [key, child] of Object.entries(value)) {
    if ((budget.values -= 1) < 0) return { pointer: '', ...tooMany };
    const found = oversize(child, [...path, key], budget);
    if (found !== null) return found;
  }
  return null;
};

/** Every text in a parsed input of a size that is meant which no store could keep; a key of that kind is named by what holds it. */
export const unstorableTexts = (value: unknown, pointer: string): readonly ProblemDetail[] => {
  if (typeof value === 'string') return isStorableText(value) ? [] : [{ pointer, ...unstorable }];
  if (!isNested(value)) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    isStorableText(key) ? unstorableTexts(child, pointer + pointerTo([key])) : [{ pointer, ...unstorable }],
  );
};

/** What the framework would read besides JSON, though no operation means it. */
const framework = /^\s*(?:text\/plain|application\/x-www-form-urlencoded)\b/i;
const charset = /;\s*charset\s*=\s*"?([^\s";]*)/i;
const utf8 = ['utf-8', 'utf8', 'us-ascii'];

const foreign = (detail: string): ProblemException => new ProblemException({ ...knownProblems.unsupportedMediaType, detail });

/** Bodies are JSON or files, in UTF-8, as they are. A Fastify hook, so that others are not even read. */
export const refuseForeignMediaType = async ({ headers }: FastifyRequest): Promise<void> => {
  const said = headers['content-type'] ?? '';
  if (framework.test(said)) throw new ProblemException(knownProblems.unsupportedMediaType);
  const [, letters = 'utf-8'] = charset.exec(said) ?? [];
  // Read as UTF-8, its letters would be kept as others.
  if (!utf8.includes(letters.toLowerCase())) throw foreign('Bodies are read as UTF-8.');
  if (!/^\s*(?:identity)?\s*$/i.test(headers['content-encoding'] ?? '')) throw foreign('Bodies are read as they are: nothing is unpacked.');
};

/**
 * Refuses what no store could keep in path and query, and a body larger than anything meant. A Fastify hook, so that nothing of ours
 * ever sees it; what no store could keep in a body is refused with all else that is wrong there, by the validation.
 */
export const refuseHostileInput = async ({ params, query, body }: FastifyRequest): Promise<void> => {
  const found = oversize(body, [], { values: maxValues });
  const errors = [...unstorableTexts(params, '/path'), ...unstorableTexts(query, '/query'), ...(found === null ? [] : [found])];
  if (errors.length > 0) throw new ProblemException({ ...knownProblems.validationFailed, errors });
};
