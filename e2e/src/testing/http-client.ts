import { randomUUID } from 'node:crypto';
import { untilTrue } from './product-process';

export type Answer = { readonly status: number; readonly body: Record<string, unknown>; readonly headers: Headers };

export type Call = {
  /** Text goes as it is, with the media type that `headers` name; anything else as JSON. */
  readonly body?: unknown;
  readonly token?: string;
  readonly headers?: Record<string, string>;
  /** Default: a new one for each call. */ readonly key?: string;
};

const bodyText = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body));

/** A client of the product's HTTP side that outlives it: it repeats what was not answered, under the same idempotency key. */
export type HttpClient = (method: string, path: string, call?: Call) => Promise<Answer>;

/** How long it goes on asking, and how long it waits in between: many at once must leave a product that starts again some air. */
export type Patience = { readonly ms: number; readonly betweenMs: number };

export const httpClient = (base: string, patience: Patience = { ms: 60_000, betweenMs: 20 }): HttpClient => {
  const once = async (method: string, path: string, { body, token, headers, key }: Call): Promise<Answer | null> => {
    try {
      const response = await fetch(base + path, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(method === 'GET' || key === undefined ? {} : { 'idempotency-key': key }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: bodyText(body) }),
      });
      const text = await response.text();
      const answer = {
        status: response.status,
        body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
        headers: response.headers,
      };
      return response.status === 503 || answer.body['code'] === 'request-in-progress' ? null : answer;
    } catch {
      return null; // not reached, or the answer was lost: the same question again is safe
    }
  };
  return async (method, path, call = {}) => {
    const key = call.key ?? randomUUID();
    let answer: Answer | null = null;
    await untilTrue(
      async () => {
        answer = await once(method, path, { ...call, key });
        return answer !== null;
      },
      patience.ms,
      () => `${method} ${path} was not answered`,
      patience.betweenMs,
    );
    return answer as unknown as Answer;
  };
};

/** The answer, which must be a success. */
export const succeed = async (asked: Promise<Answer>): Promise<Answer> => {
  const answer = await asked;
  if (answer.status >= 300) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer;
};
