import { createServer, type Server, type ServerResponse } from 'node:http';
import { mergedExpositions } from './expositions';
import { listen } from './listen';

/** What one service says about itself. */
export type ServiceStatus = { readonly service: string; readonly ready: boolean; readonly problems: readonly string[] };

export type AdminPages = {
  readonly status: () => Promise<readonly ServiceStatus[]>;
  readonly metrics: () => Promise<readonly string[]>;
};

export type AdminServer = {
  /** Readiness says no from now on, so that whoever routes to us stops doing so. */
  readonly drain: () => void;
  readonly close: () => Promise<void>;
};

const answer = (response: ServerResponse, status: number, type: string, body: string): void => {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
};

/** `/livez` (the process only), `/readyz` (what it needs) and `/metrics`, on a port that is not the public one. */
export const startAdminServer = async (
  pages: AdminPages,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<AdminServer> => {
  let draining = false;
  const ready = async (response: ServerResponse): Promise<void> => {
    const services = await pages.status();
    const isReady = !draining && services.every((each) => each.ready);
    answer(response, isReady ? 200 : 503, 'application/json', JSON.stringify({ ready: isReady, draining, services }));
  };
  const answers: Record<string, (response: ServerResponse) => Promise<void>> = {
    '/livez': async (response) => answer(response, 200, 'application/json', '{"alive":true}'),
    '/readyz': ready,
    '/metrics': async (response) =>
      answer(response, 200, 'text/plain; version=0.0.4; charset=utf-8', mergedExpositions(await pages.metrics())),
  };
  const server: Server = createServer((request, response) => {
    const page = answers[(request.url ?? '').split('?')[0] ?? ''];
    if (!page) return answer(response, 404, 'application/json', '{"pages":["/livez","/readyz","/metrics"]}');
    page(response).catch((error: unknown) =>
      answer(response, 500, 'application/json', JSON.stringify({ error: error instanceof Error ? error.message : 'unknown' })),
    );
  });
  await listen(server, { host, port }, 'STOCKPROOF_ADMIN_PORT');
  return {
    drain: () => void (draining = true),
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};
