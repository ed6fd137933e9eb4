import { Pool } from 'undici';
import { underLoad, type Load, type Outcome } from '../load';

/** What the client is told to send: orders with three lines each, numbered from a tag that nobody else uses. */
export type Sending = Load & {
  readonly base: string;
  readonly path: string;
  readonly token: string;
  readonly tag: string;
  readonly skus: readonly string[];
  readonly order: Readonly<Record<string, unknown>>;
};
export type Sent = { readonly outcome: Outcome } | { readonly failure: string };

const linesPerOrder = 3;

const send = async ({ base, path, token, tag, skus, order, ...load }: Sending): Promise<Outcome> => {
  const pool = new Pool(base, { connections: load.callers, pipelining: 1 });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  let next = 0;
  const call = async (): Promise<void> => {
    const number = next++;
    const orderNumber = `${tag}-${number}`;
    const lines = Array.from({ length: linesPerOrder }, (_, line) => ({ sku: skus[(number * 7 + line * 31) % skus.length], quantity: 1 }));
    const body = JSON.stringify({ ...order, orderNumber, lines });
    const answer = await pool.request({ method: 'POST', path, headers: { ...headers, 'idempotency-key': orderNumber }, body });
    const text = await answer.body.text();
    if (answer.statusCode !== 201) throw new Error(`${orderNumber} was answered ${answer.statusCode}: ${text}`);
  };
  try {
    return await underLoad(load, call);
  } finally {
    await pool.close();
  }
};

/** A process of its own, so that sending does not take turns with anything else that the bench does. */
process.on('message', (sending: Sending) => {
  const answer = (sent: Sent): void => void process.send?.(sent);
  void send(sending).then(
    (outcome) => answer({ outcome }),
    (error: unknown) => answer({ failure: error instanceof Error ? error.message : String(error) }),
  );
});
