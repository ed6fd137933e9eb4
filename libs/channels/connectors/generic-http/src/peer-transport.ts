import { ChannelUnavailable, type Effect } from '@stockproof/channel-exchange';
import { BrokenCircuitError, ConsecutiveBreaker, ExponentialBackoff, circuitBreaker, handleWhen, retry, wrap } from 'cockatiel';
import { ForbiddenTarget } from './outbound/checked-connect';
import { HungUp, type OutboundAnswer, type OutboundHttp, type OutboundRequest } from './outbound/outbound-http';
import type { GenericHttpSetUp } from './set-up';
import { answerReader } from './wire/answer-text';

/** Statuses by which a channel says no to what was asked; with any other nothing about it was decided. */
const decidedNo = new Set([400, 409, 410, 413, 422]);

/** What a peer answered, as JSON and without what was shown to it; `said` is `undefined` where it is no JSON. */
export type PeerAnswer = Omit<OutboundAnswer, 'body'> & { readonly said: unknown };

class NotNow extends Error {
  constructor(readonly answer: Pick<PeerAnswer, 'status' | 'retryAfterMs'>) {
    super(
      answer.status >= 300 && answer.status < 400 ? `answered ${answer.status}; redirects are not followed` : `answered ${answer.status}`,
    );
  }
}

const settled = ({ status }: Pick<PeerAnswer, 'status'>) => (status >= 200 && status < 300) || decidedNo.has(status);

/** Why no answer came, in words for people, and how long the peer asked to be left alone. */
export const silence = (error: unknown): { readonly reason: string; readonly retryAfterMs: number | null } => ({
  reason: error instanceof BrokenCircuitError ? 'not called: the last calls failed, and a pause is kept' : said(error),
  retryAfterMs: error instanceof NotNow ? error.answer.retryAfterMs : null,
});

const said = (error: unknown): string => (error instanceof Error ? error.message || error.name : String(error));

const isWorthAnotherTry = (error: unknown) =>
  !(error instanceof ForbiddenTarget || error instanceof BrokenCircuitError || error instanceof HungUp);

/**
 * How one peer is spoken to. Reading is tried three times. An effect is tried once: whoever keeps its outcome tries it again,
 * under the same id and with waits that survive a restart. After five failures in a row the peer is left alone for ten seconds.
 */
export const peerTransport = (outbound: OutboundHttp, setUp: GenericHttpSetUp) => {
  const breaker = circuitBreaker(handleWhen(isWorthAnotherTry), { halfOpenAfter: 10_000, breaker: new ConsecutiveBreaker(5) });
  const backoff = new ExponentialBackoff({ initialDelay: 100, maxDelay: 2000 });
  const retrying = wrap(retry(handleWhen(isWorthAnotherTry), { maxAttempts: 2, backoff }), breaker);
  const authorization = setUp.token === null ? {} : { authorization: `Bearer ${setUp.token}` };

  const readAnswer = answerReader([...(setUp.token === null ? [] : [setUp.token]), ...setUp.pushSecrets]);

  const attempt = async (request: Omit<OutboundRequest, 'url'>, path: string): Promise<PeerAnswer> => {
    const headers = { accept: 'application/json', ...authorization, ...request.headers };
    const { body, ...answer } = await outbound.call({ ...request, url: `${setUp.baseUrl}${path}`, headers });
    if (settled(answer)) return { ...answer, said: readAnswer(body) };
    throw new NotNow(answer);
  };

  return {
    /** Throws when nothing was decided; `silence` says why. */
    post: (path: string, body: object, { effectId }: Effect): Promise<PeerAnswer> => {
      const headers = { 'content-type': 'application/json', 'idempotency-key': effectId };
      return breaker.execute(() => attempt({ method: 'POST', headers, body: JSON.stringify(body) }, path));
    },
    read: async (path: string): Promise<PeerAnswer> => {
      try {
        const answer = await retrying.execute(() => attempt({ method: 'GET', headers: {} }, path));
        if (answer.status < 300) return answer;
        throw new NotNow(answer);
      } catch (error) {
        const { reason, retryAfterMs } = silence(error);
        throw new ChannelUnavailable(reason, retryAfterMs);
      }
    },
  };
};
