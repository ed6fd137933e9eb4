import { Agent, request as send } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';
import { startListener, type Listener, type RequestHandler } from './listener';
import { freePort } from './testing/free-ports';

const answersWith =
  (handler: RequestHandler) =>
  async (port: number, lingerMs: number): Promise<Listener> => {
    const listener = await startListener({ host: '127.0.0.1', port, lingerMs }, ['stock']);
    listener.route('stock', handler);
    return listener;
  };
const echoing = answersWith((request, response) => void request.pipe(response));

type Said = { readonly status: number | undefined; readonly connection: string | undefined; readonly body: string };

const ask = (port: number, agent: Agent, body = ''): Promise<Said> =>
  new Promise((resolve, reject) => {
    const headers = { 'content-length': Buffer.byteLength(body) };
    const asked = send({ host: '127.0.0.1', port, agent, method: 'POST', path: '/v1/stock/echo', headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => (text += part));
      answer.on('end', () => resolve({ status: answer.statusCode, connection: answer.headers.connection, body: text }));
    });
    asked.on('error', reject);
    asked.end(body);
  });

const seconds = async (work: Promise<void>): Promise<number> => {
  const began = performance.now();
  await work;
  return (performance.now() - began) / 1_000;
};

describe('a process that stops', () => {
  const agents: Agent[] = [];
  const keeping = (): Agent => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    agents.push(agent);
    return agent;
  };
  afterEach(() => agents.splice(0).forEach((agent) => agent.destroy()));

  it('answers a kept connection once more and says that it closes, and is done as soon as nobody is left', async () => {
    const port = await freePort();
    const listener = await echoing(port, 10_000);
    const agent = keeping();
    expect(await ask(port, agent, 'one')).toMatchObject({ status: 200, connection: 'keep-alive', body: 'one' });
    const drained = seconds(listener.drain());
    expect(await ask(port, agent, 'two')).toEqual({ status: 200, connection: 'close', body: 'two' });
    expect(await drained).toBeLessThan(5);
    await expect(ask(port, agent)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('waits no longer than it was told for one that stays silent, and then refuses everybody', async () => {
    const port = await freePort();
    const listener = await echoing(port, 400);
    await ask(port, keeping());
    const took = await seconds(listener.drain());
    expect(took).toBeGreaterThan(0.35);
    expect(took).toBeLessThan(5);
    await expect(ask(port, keeping())).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('ends also where new connections never stop coming, and answers or refuses each of them', async () => {
    const port = await freePort();
    const listener = await echoing(port, 0);
    const asked: Promise<string>[] = [];
    const comes = setInterval(() => {
      const agent = new Agent({ maxSockets: 1 });
      asked.push(
        ask(port, agent, 'one').then(
          ({ body }) => body,
          ({ code }: NodeJS.ErrnoException) => String(code),
        ),
      );
    }, 2);
    try {
      expect(await seconds(listener.drain())).toBeLessThan(5);
    } finally {
      clearInterval(comes);
    }
    const before = asked.length;
    const outcomes = await Promise.all(asked);
    expect(outcomes.filter((outcome) => outcome !== 'one' && outcome !== 'ECONNREFUSED')).toEqual([]);
    expect(before).toBeGreaterThan(50);
  });

  it('waits for nobody where nobody keeps a connection', async () => {
    const listener = await echoing(await freePort(), 10_000);
    expect(await seconds(listener.drain())).toBeLessThan(5);
  });
});

const lanes = 24;

/** Asks on kept-alive connections, again and again, until the connection is refused; what else goes wrong is a failure. */
const asksUntilRefused = async (port: number): Promise<{ readonly answered: number; readonly failures: readonly string[] }> => {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: lanes, pipelining: 1 });
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

it.each(Array.from({ length: 10 }, (_, round) => round))(
  'a process that stops under load answers every request of the connections that it has, and refuses all others (%i)',
  async (round) => {
    const port = await freePort();
    let handled = 0;
    const listener = await answersWith((request, response) => {
      handled += 1;
      request.resume();
      // The answer takes a moment, now this long, now that.
      void delay(handled % 7).then(() => response.end('done'));
    })(port, 0);
    const asking = asksUntilRefused(port);
    while (handled < 100 + 37 * round) await delay(1);
    await listener.drain();
    const { answered, failures } = await asking;
    expect(failures).toEqual([]);
    expect(answered).toBe(handled);
  },
  30_000,
);
