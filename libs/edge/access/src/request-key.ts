import { validate, version } from 'uuid';
import type { Instant } from '@stockproof/vocabulary';

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What a request says in `Idempotency-Key`. */
export type RequestKey = { readonly is: 'given'; readonly key: string } | { readonly is: 'missing' } | { readonly is: 'malformed' };

/** Reads `Idempotency-Key`: 1 to 255 visible ASCII characters, in quotation marks or not. */
export const requestKeyOf = ({ headers }: { readonly headers: Headers }): RequestKey => {
  const header = headers['idempotency-key'];
  if (header === undefined) return { is: 'missing' };
  const [, quoted, plain] =
    typeof header === 'string' ? (/^(?:"([\x21\x23-\x7e]{1,255})"|([\x21\x23-\x7e]{1,255}))$/.exec(header) ?? []) : [];
  const key = quoted ?? plain;
  return key === undefined ? { is: 'malformed' } : { is: 'given', key };
};

/** When a UUIDv7 was made, by its maker's clock; `null` for any other key. */
export const madeAt = (key: string): Instant | null => {
  if (!validate(key) || version(key) !== 7) return null;
  return new Date(Number.parseInt(key.replaceAll('-', '').slice(0, 12), 16)).toISOString();
};
