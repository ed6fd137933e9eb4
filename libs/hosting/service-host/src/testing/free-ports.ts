import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below the ports that systems give to whoever calls out: while a process that was given one is away – killed, and started again – no
 * client takes it.
 */
const [lowestPort, highestPort] = [10_000, 30_000];

/** So many ports of this machine that nobody listens on now, one after the other. Nothing reserves them. */
export const freePorts = async (count: number): Promise<readonly number[]> => {
  const first = await freePort(count);
  return Array.from({ length: count }, (_, index) => first + index);
};

/** A port of this machine that nobody listens on now: the first of so many in a row. Nothing reserves it. */
export const freePort = async (inARow = 1): Promise<number> => {
  for (;;) {
    const first = randomInt(lowestPort, highestPort);
    const free = await Promise.all(Array.from({ length: inARow }, (_, index) => isFree(first + index)));
    if (!free.includes(false)) return first;
  }
};

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
