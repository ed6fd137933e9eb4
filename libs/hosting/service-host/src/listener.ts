import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { randomUUID } from 'node:crypto';
import { problem, problemDocument } from '@stockproof/http-problems';
import { listen } from './listen';

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void;

export type Listener = {
  /** From now on requests under `/v1/<service>/` go there; `null`: they are answered 503. */
  readonly route: (service: string, handler: RequestHandler | null) => void;
  /** Everything that belongs to no service. */
  readonly otherwise: (handler: RequestHandler) => void;
  /** Takes no new connection and waits for the answers under way. */
  readonly drain: () => Promise<void>;
};

const unavailable = problem(503, 'service-unavailable', 'This service is not running');
const unknown = problem(404, 'not-found', 'There is nothing here');

/** How long answers under way may take when the process ends. */
const drainMs = 20_000;

const refuse = (response: ServerResponse, refusal: typeof unavailable, headers: Record<string, string> = {}): void => {
  const requestId = randomUUID();
  response
    .writeHead(refusal.status, { ...headers, 'content-type': 'application/problem+json', 'x-request-id': requestId })
    .end(JSON.stringify(problemDocument(refusal, requestId)));
};

/** 503 as a problem, for a service that is not running. */
export const refuseUnavailable = (response: ServerResponse): void => refuse(response, unavailable, { 'retry-after': '5' });

/** The part of a path that names a service: `/v1/<service>/…`. */
const serviceOf = (url: string): string | null => /^\/v1\/([a-z]+)(?:[/?]|$)/.exec(url)?.[1] ?? null;

/**
 * One HTTP listener for all services of a process, routed by path prefix. It answers from the moment it is bound: 503 for a
 * service that is not there yet or not any more.
 */
export const startListener = async (
  address: { readonly host: string; readonly port: number },
  services: readonly string[],
): Promise<Listener> => {
  const routes = new Map<string, RequestHandler | null>(services.map((service) => [service, null]));
  let rest: RequestHandler = (_, response) => refuse(response, unknown);
  let draining = false;
  let drained: Promise<void> | null = null;
  const server = createServer((request, response) => {
    // A kept-alive connection would otherwise bring requests to a process that is leaving.
    if (draining) response.setHeader('connection', 'close');
    const service = serviceOf(request.url ?? '');
    const handler = service === null ? rest : routes.get(service);
    if (handler === undefined) return rest(request, response);
    if (handler === null) return refuseUnavailable(response);
    handler(request, response);
  });
  await listen(server, address, 'STOCKPROOF_PORT');
  return {
    route: (service, handler) => void routes.set(service, handler),
    otherwise: (handler) => void (rest = handler),
    drain: () => {
      draining = true;
      return (drained ??= closed(server));
    },
  };
};

const closed = async (server: Server): Promise<void> => {
  const last = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const limit = setTimeout(() => server.closeAllConnections(), drainMs);
  await last;
  clearTimeout(limit);
};
