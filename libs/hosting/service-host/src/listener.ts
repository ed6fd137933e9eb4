import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { problem, problemDocument } from '@stockproof/http-problems';
import { listen } from './listen';

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void;

export type Listener = {
  /** From now on requests under `/v1/<service>/` go there; `null`: they are answered 503. */
  readonly route: (service: string, handler: RequestHandler | null) => void;
  /** Everything that belongs to no service. */
  readonly otherwise: (handler: RequestHandler) => void;
  /** Tells every connection with its next answer that it closes; then takes no new one and waits for the answers under way. */
  readonly drain: () => Promise<void>;
};

const unavailable = problem(503, 'service-unavailable', 'This service is not running');
const unknown = problem(404, 'not-found', 'There is nothing here');

/** How long all of draining may take: answers under way, and the time before for those who keep a connection. */
const drainMs = 20_000;

/** How often is looked whether connections are left. */
const lookMs = 50;

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

export type ListenerAddress = {
  readonly host: string;
  readonly port: number;
  /**
   * How long draining goes on answering before it closes idle connections; it ends earlier where none is left. A request that is sent
   * while its idle connection is closed is lost without an answer. A client that heard of the end with an answer sends no more on that
   * connection, and one that is silent for `Keep-Alive: timeout` closes by itself: with more than that (5 s) nobody is cut off.
   */
  readonly lingerMs: number;
};

/**
 * One HTTP listener for all services of a process, routed by path prefix. It answers from the moment it is bound: 503 for a
 * service that is not there yet or not any more.
 */
export const startListener = async ({ lingerMs, ...address }: ListenerAddress, services: readonly string[]): Promise<Listener> => {
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
      return (drained ??= closed(server, lingerMs));
    },
  };
};

const closed = async (server: Server, lingerMs: number): Promise<void> => {
  const limit = setTimeout(() => server.closeAllConnections(), drainMs);
  const lingersUntil = performance.now() + lingerMs;
  while (performance.now() < lingersUntil && (await connectionsOf(server)) > 0) await wait(lookMs);
  await new Promise<void>((resolve) => server.close(() => resolve())); // idle ones are closed with it
  clearTimeout(limit);
};

const connectionsOf = (server: Server): Promise<number> =>
  new Promise((resolve) => server.getConnections((error, count) => resolve(error ? 0 : count)));
