import { Agent, request as send } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { startListener, type Listener } from './listener';
import { proxyTo } from './proxy';
import { freePort } from './testing/free-ports';

/** What a service of another process does with a request: answers it whole, breaks the answer off, or closes without a word. */
type Deed = 'answer' | 'half' | 'close';

const whole = 'HTTP/1.1 200 OK\r\nconnection: keep-alive\r\ncontent-length: 4\r\n\r\nfine';

const does = (socket: Socket, deed: Deed): void => {
  if (deed === 'answer') socket.write(whole);
  else if (deed === 'half') socket.end(whole.slice(0, -2));
  else socket.destroy();
};

const listening = (server: Server): Promise<number> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));

describe('a connection to a service of another process', () => {
  const sockets = new Set<Socket>();
  let heard: { readonly connection: number; readonly method: string }[];
  let back: Server | undefined;
  let front: Listener;
  let port: number;

  /** In front of a service that does one deed after the other, whichever connection a request comes on. */
  const inFrontOf = async (...deeds: Deed[]): Promise<void> => {
    heard = [];
    let connections = 0;
    back = createServer((socket) => {
      const connection = (connections += 1);
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        const [, method] = /^([A-Z]+) \/v1/.exec(chunk.toString()) ?? [];
        if (method === undefined) return; // the rest of a request
        heard.push({ connection, method });
        does(socket, deeds.shift() ?? 'close');
      });
    });
    await inFrontOfPort(await listening(back));
  };

  /** In front of whoever answers at that port, or does not; `asked` is kept once a request begins to be handed on. */
  const inFrontOfPort = async (to: number): Promise<{ readonly asked: Promise<void> }> => {
    port = await freePort();
    front = await startListener({ host: '127.0.0.1', port, lingerMs: 0 }, ['stock']);
    const handOn = proxyTo({ host: '127.0.0.1', port: to });
    const asked = new Promise<void>((resolve) =>
      front.route('stock', (request, response) => {
        handOn(request, response);
        resolve();
      }),
    );
    return { asked };
  };

  afterEach(async () => {
    sockets.forEach((socket) => socket.destroy());
    sockets.clear();
    back?.close();
    back = undefined;
    await front.drain();
  });

  const ask = (
    method: string,
    body?: string,
    more: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly status: number | undefined; readonly body: string }> =>
    new Promise((resolve, reject) => {
      const headers = body === undefined ? more : { ...more, 'content-length': body.length };
      const asked = send({ host: '127.0.0.1', port, method, path: '/v1/stock/levels', headers, agent: new Agent() }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part: string) => (text += part));
        answer.on('error', reject);
        answer.on('end', () => resolve({ status: answer.statusCode, body: text }));
      });
      asked.on('error', reject);
      asked.end(body);
    });

  it('is kept from request to request', async () => {
    await inFrontOf('answer', 'answer');
    await ask('GET');
    expect(await ask('POST', 'x')).toEqual({ status: 200, body: 'fine' });
    expect(heard.map(({ connection }) => connection)).toEqual([1, 1]);
  });

  it('that was kept and closes beneath a read is replaced by a fresh one', async () => {
    await inFrontOf('answer', 'close', 'answer');
    await ask('GET');
    expect(await ask('GET')).toEqual({ status: 200, body: 'fine' });
    expect(heard).toEqual([1, 1, 2].map((connection) => ({ connection, method: 'GET' })));
  });

  it('is replaced once and no more', async () => {
    await inFrontOf('answer', 'close', 'close', 'answer');
    await ask('GET');
    expect(await ask('GET')).toMatchObject({ status: 503 });
    expect(heard.map(({ connection }) => connection)).toEqual([1, 1, 2]);
  });

  it('that closes beneath a command without a key, which may have been heard, is answered 503', async () => {
    await inFrontOf('answer', 'close', 'answer');
    await ask('GET');
    expect(await ask('POST', 'x')).toMatchObject({ status: 503 });
    expect(heard.map((each) => each.method)).toEqual(['GET', 'POST']);
  });

  it('that closes beneath a command with a key, which is known again, is replaced by a fresh one', async () => {
    await inFrontOf('answer', 'close', 'answer');
    await ask('GET');
    expect(await ask('POST', 'x', { 'idempotency-key': 'k' })).toEqual({ status: 200, body: 'fine' });
    expect(heard).toEqual([
      { connection: 1, method: 'GET' },
      { connection: 1, method: 'POST' },
      { connection: 2, method: 'POST' },
    ]);
  });

  it('that was fresh and closes is not replaced: the service itself is not well', async () => {
    await inFrontOf('close', 'answer');
    expect(await ask('GET')).toMatchObject({ status: 503 });
    expect(heard).toHaveLength(1);
  });

  it('that breaks off within an answer breaks it off for the caller', async () => {
    await inFrontOf('half');
    await expect(ask('GET')).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('that is refused at first is tried again, and takes the whole body', async () => {
    const to = await freePort();
    const { asked } = await inFrontOfPort(to);
    const body = 'x'.repeat(300_000);
    const answer = ask('POST', body);
    await asked;
    await expect(fetch(`http://127.0.0.1:${to}`)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    const late = await startListener({ host: '127.0.0.1', port: to, lingerMs: 0 }, ['stock']);
    late.route('stock', (request, response) => void request.pipe(response));
    expect(await answer).toEqual({ status: 200, body });
    await late.drain();
  });

  it('that goes on being refused is answered 503', async () => {
    await inFrontOfPort(await freePort());
    expect(await ask('POST', 'x')).toMatchObject({ status: 503 });
  });
});
