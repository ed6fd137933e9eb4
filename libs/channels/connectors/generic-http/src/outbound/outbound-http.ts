import { Agent, request } from 'undici';
import { addressRule } from './address-rule';
import { checkedConnect, oncePerName, resolveBySystem, type Resolve } from './checked-connect';

export type OutboundOptions = {
  /** Exceptions from the rule that only public addresses are called: `host:port` or a network. */
  readonly allow: readonly string[];
  /** For the whole call, connecting included. */
  readonly timeoutMs?: number;
  readonly maxAnswerBytes?: number;
  readonly resolve?: Resolve;
};

export type OutboundRequest = {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
};

export type OutboundAnswer = { readonly status: number; readonly retryAfterMs: number | null; readonly body: string };

/** HTTP to addresses that somebody typed in: checked targets, no redirects, limits on time and size. Throws when no answer came. */
export type OutboundHttp = {
  readonly call: (request: OutboundRequest) => Promise<OutboundAnswer>;
  /** Calls under way fail, and so does each later one: whoever calls is about to end. */
  readonly hangUp: () => void;
  readonly close: () => Promise<void>;
};

/** Not a word about the peer: we have hung up ourselves. */
export class HungUp extends Error {
  override readonly name = 'HungUp';
}

const hourMs = 3_600_000;

/** `Retry-After` as seconds or as a date, at most an hour. */
const retryAfter = (header: string | string[] | undefined): number | null => {
  if (typeof header !== 'string') return null;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), hourMs);
};

/** Opens the one door through which channels are called; a service needs one. */
export const openOutboundHttp = ({
  allow,
  timeoutMs = 15_000,
  maxAnswerBytes = 10_000_000,
  resolve = resolveBySystem,
}: OutboundOptions): OutboundHttp => {
  const agent = new Agent({
    connect: checkedConnect(addressRule(allow), oncePerName(resolve), timeoutMs),
    connections: 32,
    maxResponseSize: maxAnswerBytes,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  const hungUp = new AbortController();
  return {
    call: async ({ method, url, headers, body, signal }) => {
      const limit = AbortSignal.timeout(timeoutMs);
      const answer = await request(url, {
        dispatcher: agent,
        method,
        headers,
        body: body ?? null,
        signal: AbortSignal.any([limit, hungUp.signal, ...(signal === undefined ? [] : [signal])]),
      });
      const text = await answer.body.text();
      return { status: answer.statusCode, retryAfterMs: retryAfter(answer.headers['retry-after']), body: text };
    },
    hangUp: () => hungUp.abort(new HungUp('not waited for any longer: this process ends')),
    close: () => agent.close(),
  };
};
