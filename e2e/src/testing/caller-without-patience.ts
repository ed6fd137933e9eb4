import { randomUUID } from 'node:crypto';
import { Pool } from 'undici';

/** How a request failed that was not refused. */
export type FailedRequest = { readonly what: string; readonly why: string };

export type Impatient = {
  /** The body of the answer; null where nobody takes connections or the request failed. */
  readonly ask: (method: 'GET' | 'POST', path: string, body?: object) => Promise<Readonly<Record<string, unknown>> | null>;
  readonly answered: () => number;
  /** Connections that were refused. */
  readonly refused: () => number;
  /** Requests that nobody took: each process refused the connection. */
  readonly turnedAway: () => number;
  readonly failed: () => readonly FailedRequest[];
  readonly close: () => Promise<void>;
};

type Question = { readonly method: 'GET' | 'POST'; readonly path: string; readonly body?: object | undefined; readonly key: string };

/** No connection came about, so nothing was asked: one that is made in the moment in which the socket closes is reset instead of refused. */
const wasRefused = (error: unknown): boolean => {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return code === 'ECONNREFUSED' || (code === 'ECONNRESET' && syscall === 'connect');
};

/**
 * A client with kept-alive connections to several processes, asked in turn. It tries again at the next one where the connection was
 * refused, and never otherwise: any other trouble, and every answer that is no success, is a failed request.
 */
export const withoutPatience = (bases: readonly string[], token: string): Impatient => {
  const pools = bases.map((base) => new Pool(base, { connections: 16, pipelining: 1 }));
  const name = randomUUID();
  const failed: FailedRequest[] = [];
  let [answered, refused, turnedAway, asked] = [0, 0, 0, 0];

  const askAt = async (pool: Pool, { method, path, body, key }: Question) => {
    const { statusCode, body: said } = await pool.request({
      method,
      path,
      headers: {
        authorization: `Bearer ${token}`,
        ...(method === 'POST' ? { 'content-type': 'application/json', 'idempotency-key': key } : {}),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await said.text();
    if (statusCode >= 300) throw new Error(`${statusCode} ${text}`);
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  };

  return {
    ask: async (method, path, body) => {
      const first = asked++;
      for (let tried = 0; tried < bases.length; tried++) {
        try {
          const said = await askAt(pools[(first + tried) % pools.length] as Pool, { method, path, body, key: `${name}-${first}` });
          answered += 1;
          return said;
        } catch (error) {
          if (wasRefused(error)) refused += 1;
          else {
            failed.push({ what: `${method} ${path}`, why: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
            return null;
          }
        }
      }
      turnedAway += 1;
      return null;
    },
    answered: () => answered,
    refused: () => refused,
    turnedAway: () => turnedAway,
    failed: () => failed,
    close: async () => void (await Promise.all(pools.map((pool) => pool.destroy()))),
  };
};
