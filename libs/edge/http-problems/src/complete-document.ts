import type { OpenAPIObject } from '@nestjs/swagger';
import { knownProblems } from './known-problems';
import { problemResponse } from './openapi';

type Operation = { responses: Record<string, unknown>; requestBody?: unknown };

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;
const always = [knownProblems.validationFailed, knownProblems.malformedRequest, knownProblems.internalError];
const withBody = [knownProblems.bodyTooLarge, knownProblems.unsupportedMediaType];

const complete = (operation: Operation): void => {
  const problems = [...always, ...(operation.requestBody === undefined ? [] : withBody)];
  for (const [status, ofStatus] of Map.groupBy(problems, (problem) => problem.status)) operation.responses[status] ??= problemResponse(ofStatus);
};

/** Adds to each operation what every operation may answer and no controller says: 400, 500, and 413 and 415 where there is a body. */
export const completeDocument = (document: OpenAPIObject): OpenAPIObject => {
  for (const path of Object.values(document.paths)) {
    for (const method of methods) {
      const operation: Operation | undefined = path[method];
      if (operation !== undefined) complete(operation);
    }
  }
  return document;
};
