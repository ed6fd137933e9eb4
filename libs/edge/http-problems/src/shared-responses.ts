import { createHash } from 'node:crypto';
import type { OpenAPIObject } from '@nestjs/swagger';

type Responses = Record<string, unknown>;
type Repeated = { readonly name: string; readonly response: unknown; count: number };

/** The same response has the same name in every document, so documents can be put together. */
const nameOf = (status: string, text: string): string => `problem-${status}-${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;

const counted = (all: readonly Responses[]): Map<string, Repeated> => {
  const seen = new Map<string, Repeated>();
  for (const responses of all) {
    for (const [status, response] of Object.entries(responses)) {
      if (Number(status) < 400) continue;
      const text = JSON.stringify(response);
      const known = seen.get(text) ?? { name: nameOf(status, text), response, count: 0 };
      seen.set(text, { ...known, count: known.count + 1 });
    }
  }
  return seen;
};

/** Says once what several operations answer alike: two thirds of a document are problems otherwise. */
export const shareResponses = (document: OpenAPIObject, all: readonly Responses[]): void => {
  const seen = counted(all);
  const shared = new Map([...seen].filter(([, { count }]) => count > 1));
  for (const responses of all) {
    for (const [status, response] of Object.entries(responses)) {
      const repeated = shared.get(JSON.stringify(response));
      if (repeated !== undefined && Number(status) >= 400) responses[status] = { $ref: `#/components/responses/${repeated.name}` };
    }
  }
  const byName = [...shared.values()]
    .map(({ name, response }): [string, unknown] => [name, response])
    .sort(([one], [other]) => one.localeCompare(other));
  const responses = Object.fromEntries(byName) as NonNullable<NonNullable<OpenAPIObject['components']>['responses']>;
  if (byName.length > 0) document.components = { ...document.components, responses };
};
