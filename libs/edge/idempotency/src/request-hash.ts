import { createHmac } from 'node:crypto';

/** The same for the same JSON, however its keys are ordered. */
const canonical = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${entries.map(([key, child]) => `${JSON.stringify(key)}:${canonical(child)}`).join(',')}}`;
};

type AskedFor = { readonly method: string; readonly url: string; readonly body?: unknown };

/**
 * What makes two requests the same: method, path with query, and body. With a key of the installation: bodies hold passwords, and whoever
 * has only the hash must not be able to try which.
 */
export const requestHash =
  (key: string) =>
  ({ method, url, body }: AskedFor): string =>
    createHmac('sha256', `request hash\n${key}`)
      .update(JSON.stringify([method, url]))
      .update('\n')
      .update(Buffer.isBuffer(body) ? body : canonical(body))
      .digest('base64url');
