import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A system behind a channel that says again whatever it was shown: nobody can choose how careful the systems of others are. */
export type RepeatingPeer = {
  readonly url: string;
  /** `GET /open/orders`, of all so far. */
  readonly asked: () => readonly string[];
  readonly close: () => Promise<void>;
};

/** What it hands over: things that can be read, and things that cannot, under names that it gives. */
const handedOver = (heard: string): object => ({
  items: [
    { heard },
    { orderNumber: `R-${heard}`, placedAt: '2026-03-01T08:00:00Z', note: heard, references: { heard }, lines: [] },
    { externalProductId: heard, title: heard, variants: [] },
  ],
  nextCursor: heard,
  externalId: heard,
});

const answer = ({ url = '', method, headers }: IncomingMessage): readonly [number, object] => {
  const heard = headers.authorization ?? 'nothing';
  if (url.startsWith('/open/')) return [200, handedOver(heard)];
  return [method === 'GET' ? 401 : 422, { code: heard, message: `"${heard}" opens nothing here: ${encodeURIComponent(heard)}` }];
};

/** Below `/open/` it takes and hands over, elsewhere it lets nobody in. */
export const startRepeatingPeer = async (): Promise<RepeatingPeer> => {
  const asked: string[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    asked.push(`${request.method} ${request.url?.split('?')[0]}`);
    const [status, body] = answer(request);
    request.resume().once('end', () => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => asked,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
