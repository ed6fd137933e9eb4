import { setTimeout } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';

export type PushTarget = { readonly callbackUrl: string | null; readonly pushSecret: string | null };
export type Push = { readonly id: string; readonly type: string; readonly data: unknown };

/** The headers that a push of these bytes carries by Standard Webhooks 1.0. */
export const signPush = (secret: string, id: string, body: string, at: Date): Record<string, string> => ({
  'webhook-id': id,
  'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
  'webhook-signature': new Webhook(secret).sign(id, at, body),
});

const waitsMs = [0, 200, 1000, 5000];

/** Pushes of one place, one after the other, each tried four times; what is given up can still be fetched. */
export const openPusher = (say: (line: string) => void) => {
  const stopped = new AbortController();
  let queue = Promise.resolve();

  const pause = (ms: number) => setTimeout(ms, undefined, { signal: stopped.signal }).catch(() => undefined);

  const deliver = async (url: string, secret: string, { id, type, data }: Push) => {
    for (const ms of waitsMs) {
      await pause(ms);
      if (stopped.signal.aborted) return;
      const at = new Date();
      const body = JSON.stringify({ type, timestamp: at.toISOString(), data });
      const headers = { 'content-type': 'application/json', ...signPush(secret, id, body, at) };
      const signal = AbortSignal.any([stopped.signal, AbortSignal.timeout(10_000)]);
      const outcome = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'error' }).then(({ status }) => status, String);
      if (typeof outcome === 'number' && outcome < 300) return;
      say(`push ${id} to ${url}: ${outcome}`);
    }
  };

  return {
    push: ({ callbackUrl, pushSecret }: PushTarget, push: Push): void => {
      if (callbackUrl === null || pushSecret === null) return;
      queue = queue.then(() => deliver(callbackUrl, pushSecret, push));
    },
    stop: async (): Promise<void> => {
      stopped.abort();
      await queue;
    },
  };
};

export type Pusher = ReturnType<typeof openPusher>;
