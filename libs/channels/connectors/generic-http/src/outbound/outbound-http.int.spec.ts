import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openOutboundHttp, type OutboundHttp, type OutboundOptions } from './outbound-http';

describe('calling an address that somebody typed in', () => {
  let server: Server;
  let port: number;
  let requests: string[];
  const doors: OutboundHttp[] = [];

  const answer = (request: IncomingMessage, response: ServerResponse) => {
    requests.push(request.url ?? '');
    if (request.url === '/moved') return response.writeHead(302, { location: '/secret' }).end();
    if (request.url === '/large') return response.end('x'.repeat(200_000));
    if (request.url === '/silent') return undefined;
    if (request.url === '/busy') return response.writeHead(429, { 'retry-after': '7' }).end('{}');
    return response.end('{"said":"hello"}');
  };

  const open = (options: Partial<OutboundOptions> = {}): OutboundHttp => {
    const door = openOutboundHttp({ allow: [`127.0.0.1:${port}`], timeoutMs: 5000, ...options });
    doors.push(door);
    return door;
  };
  const get = (door: OutboundHttp, url: string) => door.call({ method: 'GET', url, headers: {} });
  const here = (path: string, host = '127.0.0.1') => `http://${host}:${port}${path}`;

  beforeAll(async () => {
    server = createServer(answer);
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    port = (server.address() as AddressInfo).port;
  });
  beforeEach(() => {
    requests = [];
  });
  afterAll(async () => {
    await Promise.all(doors.map((door) => door.close()));
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });

  it('reaches what is allowed', async () => {
    expect(await get(open(), here('/'))).toEqual({ status: 200, retryAfterMs: null, body: '{"said":"hello"}' });
  });

  it('hangs up on whoever does not answer, and calls nobody any more', async () => {
    const door = open({ timeoutMs: 60_000 });
    const waiting = get(door, here('/silent'));
    await new Promise<void>((resolve) => server.once('request', () => resolve()));
    door.hangUp();
    await expect(waiting).rejects.toThrow('not waited for any longer');
    await expect(get(door, here('/'))).rejects.toThrow('not waited for any longer');
    expect(requests).toEqual(['/silent']);
  });

  it('reaches nothing on this machine that is not allowed', async () => {
    await expect(get(open({ allow: [] }), here('/'))).rejects.toThrow('127.0.0.1, which is not a public address');
    await expect(get(open({ allow: [] }), here('/', 'localhost'))).rejects.toThrow('which is not a public address');
    await expect(get(open({ allow: [] }), `http://2130706433:${port}/`)).rejects.toThrow('not a public address');
    await expect(get(open({ allow: [] }), `http://[::ffff:127.0.0.1]:${port}/`)).rejects.toThrow('not a public address');
    expect(requests).toEqual([]);
  });

  it('does not ask a metadata service', async () => {
    await expect(get(open(), 'http://169.254.169.254/latest/meta-data/')).rejects.toThrow('169.254.169.254, which is not a public address');
  });

  it('asks for a name once at a time, however many calls wait for it, and again afterwards', async () => {
    const asked: ((addresses: { readonly address: string; readonly family: number }[]) => void)[] = [];
    const door = open({ resolve: () => new Promise((found) => void asked.push(found)) });
    const six = () =>
      Promise.all([1, 2, 3, 4, 5, 6].map((each) => get(door, here(`/${each}`, 'shop.example')).catch((error: Error) => error.message)));
    const first = six();
    await new Promise(setImmediate);
    expect(asked).toHaveLength(1);
    asked[0]?.([{ address: '10.0.0.7', family: 4 }]);
    expect(new Set(await first).size).toBe(1);
    expect((await first)[0]).toContain('shop.example leads to 10.0.0.7');
    const second = six();
    await new Promise(setImmediate);
    expect(asked).toHaveLength(2);
    asked[1]?.([{ address: '127.0.0.1', family: 4 }]);
    expect((await second).map((said) => (typeof said === 'string' ? said : said.status))).toEqual([200, 200, 200, 200, 200, 200]);
  });

  it('is not led inside by a name', async () => {
    const door = open({ allow: [], resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]) });
    await expect(get(door, here('/', 'shop.example'))).rejects.toThrow('shop.example leads to 127.0.0.1');
    expect(requests).toEqual([]);
  });

  it('is not led inside by one of several addresses of a name', async () => {
    const door = open({
      resolve: () =>
        Promise.resolve([
          { address: '127.0.0.1', family: 4 },
          { address: '10.0.0.7', family: 4 },
        ]),
    });
    await expect(get(door, here('/', 'shop.example'))).rejects.toThrow('shop.example leads to 10.0.0.7');
    expect(requests).toEqual([]);
  });

  it('connects to the address that it checked, though the name means another one a moment later', async () => {
    const answers = ['127.0.0.1', '10.0.0.7'];
    const door = open({ resolve: () => Promise.resolve([{ address: answers.shift() ?? '10.0.0.7', family: 4 }]) });
    expect((await get(door, here('/', 'shop.example'))).status).toBe(200);
    expect(answers).toEqual(['10.0.0.7']);
  });

  it('does not follow a redirect', async () => {
    expect((await get(open(), here('/moved'))).status).toBe(302);
    expect(requests).toEqual(['/moved']);
  });

  it('stops reading an answer that is too large', async () => {
    await expect(get(open({ maxAnswerBytes: 10_000 }), here('/large'))).rejects.toThrow(/response|size/i);
  });

  it('stops waiting for an answer that does not come', async () => {
    await expect(get(open({ timeoutMs: 200 }), here('/silent'))).rejects.toThrow(/timeout/i);
  });

  it('hears how long it is asked to wait', async () => {
    expect(await get(open(), here('/busy'))).toMatchObject({ status: 429, retryAfterMs: 7000 });
  });
});
