import { Agent, request as send, type ClientRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream';
import { refuseUnavailable, type RequestHandler } from './listener';
import type { OpenApiDocument } from './front';

/** Where a service of another process answers. */
export type ServiceAddress = { readonly host: string; readonly port: number };

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** These are about one connection, not about the request. */
const withoutHopHeaders = ({ connection: _, 'keep-alive': __, ...headers }: IncomingHttpHeaders): IncomingHttpHeaders => headers;

/** While a process takes the place of another one a connection may be refused; nothing was sent on it, so it is tried again. */
const refusedTries = 20;
const pauseMs = 50;

const isRefused = (error: Error): boolean => 'code' in error && error.code === 'ECONNREFUSED';

const safeMethods = ['GET', 'HEAD', 'OPTIONS'];

/** Without a body the request can be sent again whole; with a safe method it may have been answered already without harm. */
const mayBeSentAgain = ({ method = '', headers }: IncomingMessage): boolean =>
  safeMethods.includes(method) && headers['content-length'] === undefined && headers['transfer-encoding'] === undefined;

type Try = { readonly refused: number; readonly fresh: boolean };

/**
 * How a request that got no answer is sent again; `null`: not at all. A kept connection may have been closed by the service while the
 * request was on its way: whether it was heard is unknown, so only what may be repeated goes on a connection of its own, and that once.
 */
const nextTry = (error: Error, onward: ClientRequest, request: IncomingMessage, { refused, fresh }: Try): Try | null => {
  if (isRefused(error)) return refused < refusedTries ? { refused: refused + 1, fresh } : null;
  return onward.reusedSocket && !fresh && mayBeSentAgain(request) ? { refused, fresh: true } : null;
};

/** Hands requests on to a service of another process; one that is gone is answered 503. */
export const proxyTo =
  ({ host, port }: ServiceAddress): RequestHandler =>
  (request, response) => {
    const headers = withoutHopHeaders(request.headers);
    const handOn = (attempt: Try): void => {
      if (response.destroyed) return; // nobody waits for it any more
      const connection = attempt.fresh ? false : agent;
      const onward = send({ host, port, method: request.method, path: request.url, headers, agent: connection }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, withoutHopHeaders(answer.headers));
        // An answer that breaks off breaks off for the caller too.
        pipeline(answer, response, () => undefined);
      });
      const abandon = (): void => void onward.destroy();
      response.on('close', abandon);
      onward.on('error', (error) => {
        response.off('close', abandon);
        if (response.headersSent || response.destroyed) return void response.destroy();
        const next = nextTry(error, onward, request, attempt);
        if (next === null) refuseUnavailable(response);
        else setTimeout(handOn, isRefused(error) ? pauseMs : 0, next);
      });
      // Only a connection takes the body: without one it is still there for the next try.
      onward.on('socket', (socket) => {
        if (socket.connecting) socket.once('connect', () => request.pipe(onward));
        else request.pipe(onward);
      });
    };
    handOn({ refused: 0, fresh: false });
  };

/** The OpenAPI documents of services of other processes. One that does not run is missing from the page as it is from the API. */
export const documentsAt = async (services: ReadonlyMap<string, ServiceAddress>): Promise<ReadonlyMap<string, OpenApiDocument>> => {
  const documents = await Promise.allSettled(
    [...services].map(
      async ([name, { host, port }]) =>
        [name, (await (await fetch(`http://${host}:${port}/v1/${name}/openapi.json`)).json()) as OpenApiDocument] as const,
    ),
  );
  return new Map(documents.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : [])));
};
