import { randomUUID } from 'node:crypto';

/** Text goes as it is, anything else as JSON. */
export type Question = { readonly token?: string; readonly body?: unknown; readonly headers?: Record<string, string> };
type Reply = { readonly status: number; readonly body: Record<string, unknown> };

/** A client that remembers each answer, headers among it, under the name that the question was given. It repeats nothing. */
export type RememberingClient = {
  readonly ask: (name: string, method: string, path: string, question?: Question) => Promise<Reply>;
  /** The body of the answer, which must be a success. */
  readonly done: (name: string, method: string, path: string, question?: Question) => Promise<Record<string, unknown>>;
  readonly answers: Record<string, string>;
};

export const rememberingClient = (base: string): RememberingClient => {
  const answers: Record<string, string> = {};
  const ask: RememberingClient['ask'] = async (name, method, path, { token, body, headers = {} } = {}) => {
    const response = await fetch(base + path, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(method === 'GET' ? {} : { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    answers[name] = (answers[name] ?? '') + JSON.stringify([...response.headers]) + text;
    return { status: response.status, body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {} };
  };
  return {
    ask,
    answers,
    done: async (name, method, path, question) => {
      const { status, body } = await ask(name, method, path, question);
      if (status >= 300) throw new Error(`${name}: ${status} ${JSON.stringify(body)}`);
      return body;
    },
  };
};
