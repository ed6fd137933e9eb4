import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';
import { openListener } from './listener';

const lanes = 24;

/** Asks on kept-alive connections, again and again, until the connection is refused; what else goes wrong is a failure. */
const asksUntilRefused = async (base: string): Promise<{ readonly answered: number; readonly failures: readonly string[] }> => {
  const pool = new Pool(base, { connections: lanes, pipelining: 1 });
  const failures: string[] = [];
  let answered = 0;
  const lane = async (): Promise<void> => {
    for (;;) {
      const asked = await pool.request({ method: 'POST', path: '/v1/stock/things', body: '{}' }).then(
        async ({ body }) => body.text(),
        (error: unknown) => error as { readonly code?: string; readonly message: string },
      );
      if (typeof asked === 'string') answered += 1;
      else if (asked.code === 'ECONNREFUSED') return;
      else failures.push(`${asked.code} ${asked.message}`);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  await pool.destroy();
  return { answered, failures };
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

describe('a listener that is drained under load', () => {
  it.each(Array.from({ length: 10 }, (_, round) => round))(
    'answers every request of the connections that it has, and refuses all others (%i)',
    async (round) => {
      const port = await freePort();
      const listener = openListener(['stock']);
      let handled = 0;
      listener.route('stock', (request, response) => {
        handled += 1;
        request.resume();
        // The answer takes a moment, now this long, now that.
        void delay(handled % 7).then(() => response.end('done'));
      });
      await listener.listen({ host: '127.0.0.1', port, lingerMs: 0 });
      const asking = asksUntilRefused(`http://127.0.0.1:${port}`);
      while (handled < 100 + 37 * round) await delay(1);
      await listener.drain();
      const { answered, failures } = await asking;
      expect(failures).toEqual([]);
      expect(answered).toBe(handled);
    },
    30_000,
  );

  it('has no connection any more that says nothing', async () => {
    const port = await freePort();
    const listener = openListener(['stock']);
    listener.route('stock', (_, response) => void response.end('done'));
    await listener.listen({ host: '127.0.0.1', port, lingerMs: 0 });
    const pool = new Pool(`http://127.0.0.1:${port}`, { connections: 1 });
    await (await pool.request({ method: 'GET', path: '/v1/stock/things' })).body.text();
    await listener.drain();
    await expect(pool.request({ method: 'GET', path: '/v1/stock/things' })).rejects.toThrow(/ECONNREFUSED/);
    await pool.destroy();
  });
});
