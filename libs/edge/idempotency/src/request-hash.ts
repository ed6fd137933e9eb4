import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';

/** The same for the same JSON, however its keys are ordered. */
const canonical = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${entries.map(([key, child]) => `${JSON.stringify(key)}:${canonical(child)}`).join(',')}}`;
};

type AskedFor = { readonly method: string; readonly url: string; readonly body?: unknown };

/** Method, path with query, and body. */
const hashed = (hash: Hash | Hmac, { method, url, body }: AskedFor): string =>
  hash
    .update(JSON.stringify([method, url]))
    .update('\n')
    .update(Buffer.isBuffer(body) ? body : canonical(body))
    .digest('base64url');

/**
 * What makes two requests the same. With a key of the installation: bodies hold passwords, and whoever has only the hash must not be able
 * to try which.
 */
export const requestHash =
  (key: string) =>
  (asked: AskedFor): string =>
    hashed(createHmac('sha256', `request hash\n${key}`), asked);

/** The same as it was before it had a key: what was kept by then is known by it for as long as it is kept. */
export const hashWithoutKey = (asked: AskedFor): string => hashed(createHash('sha256'), asked);
