import { Agent, request as send, type IncomingMessage } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { startListener, type Listener } from './listener';
import { proxyTo } from './proxy';

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

type Said = { readonly status: number | undefined; readonly connection: string | undefined; readonly body: string };

const ask = (port: number, agent: Agent, body = ''): Promise<Said> =>
  new Promise((resolve, reject) => {
    const asked = send(
      {
        host: '127.0.0.1',
        port,
        agent,
        method: 'POST',
        path: '/v1/stock/echo',
        headers: { 'content-length': Buffer.byteLength(body) },
      },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part: string) => (text += part));
        answer.on('end', () => resolve({ status: answer.statusCode, connection: answer.headers.connection, body: text }));
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });

const echoing = async (port: number, lingerMs: number): Promise<Listener> => {
  const listener = await startListener({ host: '127.0.0.1', port, lingerMs }, ['stock']);
  listener.route('stock', (request: IncomingMessage, response) => void request.pipe(response));
  return listener;
};

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

  it('waits no longer than it was told for one that stays silent', async () => {
    const port = await freePort();
    const listener = await echoing(port, 400);
    await ask(port, keeping());
    const took = await seconds(listener.drain());
    expect(took).toBeGreaterThan(0.35);
    expect(took).toBeLessThan(5);
  });

  it('waits for nobody where nobody keeps a connection', async () => {
    const listener = await echoing(await freePort(), 10_000);
    expect(await seconds(listener.drain())).toBeLessThan(5);
  });
});

describe('a service of another process', () => {
  /** A front that hands on to a port; `asked` is kept once it has begun to. */
  const passing = async (to: number): Promise<{ readonly port: number; readonly front: Listener; readonly asked: Promise<void> }> => {
    const port = await freePort();
    const front = await startListener({ host: '127.0.0.1', port, lingerMs: 0 }, ['stock']);
    const handOn = proxyTo({ host: '127.0.0.1', port: to });
    const asked = new Promise<void>((resolve) =>
      front.route('stock', (request, response) => {
        handOn(request, response);
        resolve();
      }),
    );
    return { port, front, asked };
  };

  it('that refuses at first is asked again, with the whole body', async () => {
    const backPort = await freePort();
    const { port, front, asked } = await passing(backPort);
    const body = 'x'.repeat(300_000);
    const answer = ask(port, new Agent(), body);
    await asked;
    await expect(ask(backPort, new Agent())).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    const back = await echoing(backPort, 0);
    expect(await answer).toMatchObject({ status: 200, body });
    await Promise.all([front.drain(), back.drain()]);
  });

  it('that goes on refusing is answered 503', async () => {
    const { port, front } = await passing(await freePort());
    expect(await ask(port, new Agent(), 'x')).toMatchObject({ status: 503 });
    await front.drain();
  });
});
