import { createHash } from 'node:crypto';

/** The same for the same JSON, however its keys are ordered. */
const canonical = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${entries.map(([key, child]) => `${JSON.stringify(key)}:${canonical(child)}`).join(',')}}`;
};

/** What makes two requests the same: method, path with query, and body. */
export const requestHash = ({ method, url, body }: { readonly method: string; readonly url: string; readonly body?: unknown }): string => {
  const hash = createHash('sha256')
    .update(JSON.stringify([method, url]))
    .update('\n');
  return hash.update(Buffer.isBuffer(body) ? body : canonical(body)).digest('base64url');
};
