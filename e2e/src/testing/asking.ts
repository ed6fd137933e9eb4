import { randomUUID } from 'node:crypto';
import type { Operation } from './api-document';

/** A request exactly as it is sent, well formed or not. */
export type Request = {
  readonly path: string;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string | null;
};
export type Reply = { readonly status: number; readonly contentType: string; readonly text: string };

/** Asks once, repeats nothing. What headers the operation needs it is given, unless the request has its own. */
export const ask = async (base: string, operation: Operation, { path, body, headers = {}, token = null }: Request): Promise<Reply> => {
  const response = await fetch(base + path, {
    method: operation.method,
    redirect: 'manual',
    headers: {
      ...(body === undefined ? {} : { 'content-type': operation.file ?? 'application/json' }),
      ...(operation.headers.get('idempotency-key') === true ? { 'idempotency-key': randomUUID() } : {}),
      ...(operation.headers.get('if-match') === true ? { 'if-match': '*' } : {}),
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  return { status: response.status, contentType: response.headers.get('content-type') ?? '', text: await response.text() };
};

/** Does all of it, so much at a time; answers in their order. */
export const inParallel = async <Task, Result>(
  tasks: readonly Task[],
  width: number,
  work: (task: Task) => Promise<Result>,
): Promise<readonly Result[]> => {
  const results: Result[] = [];
  const left = tasks.entries();
  const lane = async (): Promise<void> => {
    for (const [index, task] of left) results[index] = await work(task);
  };
  await Promise.all(Array.from({ length: width }, lane));
  return results;
};

const fieldTypes = {
  type: 'string',
  title: 'string',
  status: 'number',
  code: 'string',
  errors: 'object',
  requestId: 'string',
  retryable: 'boolean',
  source: 'string',
};

const isProblem = ({ contentType, status, text }: Reply): boolean => {
  if (!contentType.startsWith('application/problem+json')) return false;
  const document = JSON.parse(text) as Readonly<Record<string, unknown>>;
  return document['status'] === status && Object.entries(fieldTypes).every(([name, type]) => typeof document[name] === type);
};

/** What the answer breaks of what is promised for all answers; `null` where it breaks nothing. */
export const faultOf = (operation: Operation, reply: Reply): string | null => {
  if (reply.status >= 500) return 'is an error of ours';
  if (!operation.statuses.has(reply.status)) return 'has a status that is not documented';
  if (reply.status >= 400 && !isProblem(reply)) return 'is no problem document';
  return null;
};

/** One line about an answer that is not as it should be. */
export const told = (operation: Operation, about: string, fault: string, { status, text }: Reply): string =>
  `${operation.method} ${operation.path} [${about}] ${fault}: ${status} ${text.slice(0, 300)}`;
