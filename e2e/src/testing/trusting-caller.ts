import { randomUUID } from 'node:crypto';
import type { Merchant } from './merchant';

type Service = Parameters<Merchant['of']>[0];
type Body = Readonly<Record<string, unknown>>;
export type Told = { readonly body: Body; readonly etag: string; readonly position: string };

/** Somebody who asks once and believes the answer: what is refused, fails or goes back behind what was told before is a fault. */
export type TrustingCaller = {
  /** `null` where it was refused. `since`: the position of something that was told and must be known. */
  readonly read: (service: Service, path: string, since?: string) => Promise<Told | null>;
  readonly write: (service: Service, path: string, body: object, method?: 'POST' | 'PUT') => Promise<Told | null>;
  /** A figure that never becomes less. */
  readonly neverLess: (what: string, now: number) => void;
  /** Places in a log, which sort as texts: never an older one. */
  readonly neverOlder: (what: string, now: string) => void;
  readonly fault: (what: string) => void;
  readonly faults: () => readonly string[];
  readonly answered: () => number;
  /** Of one request, in ms. */
  readonly longest: () => number;
};

export const trustingCaller = (merchant: Merchant): TrustingCaller => {
  const faults: string[] = [];
  const [most, newest] = [new Map<string, number>(), new Map<string, string>()];
  let [answered, longest] = [0, 0];
  const fault = (what: string): void => void faults.push(what);
  const refused = (what: string): null => {
    fault(what);
    return null;
  };

  const ask = async (method: string, path: string, { body, since }: { readonly body?: object; readonly since?: string }) => {
    const began = performance.now();
    try {
      const response = await fetch(merchant.base + path, {
        method,
        headers: {
          authorization: `Bearer ${merchant.token}`,
          ...(since === undefined ? {} : { 'stockproof-min-position': since }),
          ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) return refused(`${method} ${path}: ${response.status} ${text.slice(0, 300)}`);
      answered += 1;
      const header = (name: string): string => response.headers.get(name) ?? '';
      return { body: JSON.parse(text) as Body, etag: header('etag'), position: header('stockproof-position') };
    } catch (error) {
      return refused(`${method} ${path}: ${String(error)}`);
    } finally {
      longest = Math.max(longest, performance.now() - began);
    }
  };

  return {
    read: (service, path, since) => ask('GET', merchant.of(service, path), since === undefined ? {} : { since }),
    write: (service, path, body, method = 'POST') => ask(method, merchant.of(service, path), { body }),
    neverLess: (what, now) => {
      if (!(now >= (most.get(what) ?? now))) fault(`${what}: ${now} after ${most.get(what)}`);
      most.set(what, Math.max(now, most.get(what) ?? now));
    },
    neverOlder: (what, now) => {
      if (now < (newest.get(what) ?? now)) fault(`${what}: ${now} after ${newest.get(what)}`);
      newest.set(what, now);
    },
    fault,
    faults: () => faults,
    answered: () => answered,
    longest: () => longest,
  };
};
