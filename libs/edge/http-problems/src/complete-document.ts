import type { OpenAPIObject } from '@nestjs/swagger';
import { knownProblems } from './known-problems';
import { problemResponse } from './openapi';
import { shareResponses } from './shared-responses';

type Parameter = { readonly name?: string; readonly in?: string };
type Operation = { responses: Record<string, unknown>; requestBody?: unknown; parameters?: unknown[]; tags?: string[] };

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;
const { validationFailed, malformedRequest, internalError, storeUnavailable } = knownProblems;
const always = [validationFailed, malformedRequest, internalError, storeUnavailable];
const withBody = [knownProblems.bodyTooLarge, knownProblems.unsupportedMediaType];

const complete = (path: string, method: string, operation: Operation): void => {
  // A body is read, or refused, also where none is asked for.
  const problems = [...always, ...(path.includes('{') ? [knownProblems.uriTooLong] : []), ...(method === 'get' ? [] : withBody)];
  for (const [status, ofStatus] of Map.groupBy(problems, (problem) => problem.status))
    operation.responses[status] ??= problemResponse(ofStatus);
};

/** Guards read some parts of a path, the account for one, so no controller declares them. */
const completeParameters = (path: string, operation: Operation): void => {
  const declared = new Set((operation.parameters ?? []).map((parameter) => (parameter as Parameter).name));
  const missing = [...path.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => (name === undefined || declared.has(name) ? [] : [name]));
  operation.parameters = [
    ...missing.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    ...(operation.parameters ?? []),
  ];
};

const completeTags = (document: OpenAPIObject, operations: readonly Operation[]): void => {
  const known = new Set((document.tags ?? []).map(({ name }) => name));
  const missing = new Set(operations.flatMap(({ tags }) => tags ?? []).filter((name) => !known.has(name)));
  document.tags = [...(document.tags ?? []), ...[...missing].sort().map((name) => ({ name }))];
};

/**
 * Adds to each operation what no controller says: the problems that every operation may answer (400, 500, 503, 414 where its path has parts, and 413 and 415 unless it
 * reads), the parts of its path that a guard reads, its tag among those of the document, and says once what
 * several operations answer alike.
 */
export const completeDocument = (document: OpenAPIObject): OpenAPIObject => {
  const operations: Operation[] = [];
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of methods) {
      const operation: Operation | undefined = item[method];
      if (operation === undefined) continue;
      complete(path, method, operation);
      completeParameters(path, operation);
      operations.push(operation);
    }
  }
  completeTags(document, operations);
  shareResponses(
    document,
    operations.map(({ responses }) => responses),
  );
  return document;
};
