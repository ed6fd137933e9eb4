import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';

/** Between two looks of somebody who waits: one indexed query each. */
const lookEveryMs = 250;

/**
 * Reads until there is something, the time is over, or nobody waits for the answer any more; answers what was read last. It looks again
 * and again, so that it holds with any number of processes and whoever of them moves the views.
 */
export const whenSomethingCame = async <Page>(
  read: () => Promise<Page>,
  isEmpty: (page: Page) => boolean,
  { waitMs, reply }: { readonly waitMs: number; readonly reply: Pick<FastifyReply, 'raw'> },
): Promise<Page> => {
  const until = performance.now() + waitMs;
  let page = await read();
  while (isEmpty(page) && performance.now() < until && !reply.raw.destroyed) {
    await delay(Math.max(0, Math.min(lookEveryMs, until - performance.now())));
    page = await read();
  }
  return page;
};
