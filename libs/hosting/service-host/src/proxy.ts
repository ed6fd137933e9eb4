import { Agent, request as send, type IncomingHttpHeaders } from 'node:http';
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

/** Hands requests on to a service of another process; one that is gone is answered 503. */
export const proxyTo =
  ({ host, port }: ServiceAddress): RequestHandler =>
  (request, response) => {
    const headers = withoutHopHeaders(request.headers);
    const handOn = (tries: number): void => {
      const onward = send({ host, port, method: request.method, path: request.url, headers, agent }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, withoutHopHeaders(answer.headers));
        answer.pipe(response);
      });
      const abandon = (): void => void onward.destroy();
      response.on('close', abandon);
      onward.on('error', (error) => {
        response.off('close', abandon);
        if (response.headersSent) response.destroy();
        else if (isRefused(error) && tries < refusedTries && !response.destroyed) setTimeout(handOn, pauseMs, tries + 1);
        else refuseUnavailable(response);
      });
      // Only a connection takes the body: without one it is still there for the next try.
      onward.on('socket', (socket) => {
        if (socket.connecting) socket.once('connect', () => request.pipe(onward));
        else request.pipe(onward);
      });
    };
    handOn(0);
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
