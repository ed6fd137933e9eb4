import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { randomUUID } from 'node:crypto';
import { problem, problemDocument } from '@stockproof/http-problems';
import { leave } from './leave';
import { listen } from './listen';

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void;

export type Listener = {
  /** From now on requests under `/v1/<service>/` go there; `null`: they are answered 503. */
  readonly route: (service: string, handler: RequestHandler | null) => void;
  /** Everything that belongs to no service. */
  readonly otherwise: (handler: RequestHandler) => void;
  /** Before this a connection is refused. Throws a `StartupError` where the port cannot be had. */
  readonly listen: (address: ListenerAddress) => Promise<void>;
  /**
   * Tells every connection with its next answer that it is the last, then takes no new one and waits for the answers under way; a
   * connection that says nothing for a while is closed.
   */
  readonly drain: () => Promise<void>;
};

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

const unavailable = problem(503, 'service-unavailable', 'This service is not running');
const unknown = problem(404, 'not-found', 'There is nothing here');

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

/** One HTTP listener for all services of a process, routed by path prefix; 503 for a service that is not there. Listens nowhere yet. */
export const openListener = (services: readonly string[]): Listener => {
  const routes = new Map<string, RequestHandler | null>(services.map((service) => [service, null]));
  let rest: RequestHandler = (_, response) => refuse(response, unknown);
  const answer: RequestHandler = (request, response) => {
    const service = serviceOf(request.url ?? '');
    const handler = service === null ? rest : routes.get(service);
    if (handler === undefined) return rest(request, response);
    if (handler === null) return refuseUnavailable(response);
    handler(request, response);
  };
  const server = createServer((request, response) => leaving.answer(response, () => answer(request, response)));
  const leaving = leave(server);
  let lingerMs = 0;
  return {
    route: (service, handler) => void routes.set(service, handler),
    otherwise: (handler) => void (rest = handler),
    listen: async (address) => {
      lingerMs = address.lingerMs;
      await listen(server, address, 'STOCKPROOF_PORT');
    },
    drain: () => leaving.drain(lingerMs),
  };
};

/** The same, answering from now on. */
export const startListener = async (address: ListenerAddress, services: readonly string[]): Promise<Listener> => {
  const listener = openListener(services);
  await listener.listen(address);
  return listener;
};
