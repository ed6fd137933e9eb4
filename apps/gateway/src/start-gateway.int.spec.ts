import { createServer, request as send, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { freePort } from '@stockproof/service-host/testing';
import { startGateway } from './start-gateway';

const listening = (server: Server): Promise<number> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));

it('the gateway measures its answers, by service, those that no service could give among them', async () => {
  let leave = (): void => undefined;
  const stock = createServer((request, response) => {
    if (request.url?.endsWith('/never') === true) return leave(); // never answered
    response.writeHead(request.url?.endsWith('/unknown') === true ? 404 : 200).end('{}');
  });
  const services = new Map([
    ['stock', { host: '127.0.0.1', port: await listening(stock) }],
    ['sales', { host: '127.0.0.1', port: await freePort() }],
  ]);
  const port = await freePort(2);
  const adminPort = port + 1;
  const gateway = await startGateway({ host: '127.0.0.1', port, adminPort, lingerMs: 0, services }, () => undefined);
  const ask = async (path: string): Promise<number> => (await fetch(`http://127.0.0.1:${port}${path}`)).status;
  const askAndLeave = (path: string): Promise<void> =>
    new Promise((resolve) => {
      const asked = send({ host: '127.0.0.1', port, path }).on('error', () => resolve());
      leave = () => void asked.destroy();
      asked.end();
    });
  const counts = async (): Promise<readonly string[]> => {
    const page = await (await fetch(`http://127.0.0.1:${adminPort}/metrics`)).text();
    return page
      .split('\n')
      .filter((line) => line.startsWith('stockproof_http_request_seconds_count'))
      .map((line) => line.slice('stockproof_http_request_seconds_count'.length))
      .sort();
  };
  try {
    const answers = [await ask('/v1/stock/a'), await ask('/v1/stock/b'), await ask('/v1/stock/unknown'), await ask('/v1/sales/a')];
    expect(answers).toEqual([200, 200, 404, 503]);
    expect(await ask('/docs/')).toBe(200);
    await askAndLeave('/v1/stock/never');
    const line = (route: string, status: number, count: number): string =>
      `{service="gateway",method="GET",route="${route}",status="${status}"} ${count}`;
    const wanted = [
      line('/v1/sales', 503, 1),
      line('/v1/stock', 200, 2),
      line('/v1/stock', 404, 1),
      line('/v1/stock', 499, 1),
      line('documents', 200, 1),
    ];
    const deadline = performance.now() + 5_000;
    while ((await counts()).length < wanted.length && performance.now() < deadline);
    expect(await counts()).toEqual(wanted);
  } finally {
    await gateway.stop();
    stock.closeAllConnections();
    stock.close();
  }
}, 30_000);
