import { Agent, request as send, type IncomingHttpHeaders } from 'node:http';
import { refuseUnavailable, type RequestHandler } from './listener';
import type { OpenApiDocument } from './front';

/** Where a service of another process answers. */
export type ServiceAddress = { readonly host: string; readonly port: number };

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** These are about one connection, not about the request. */
const withoutHopHeaders = ({ connection: _, 'keep-alive': __, ...headers }: IncomingHttpHeaders): IncomingHttpHeaders => headers;

/** Hands requests on to a service of another process; one that is gone is answered 503. */
export const proxyTo =
  ({ host, port }: ServiceAddress): RequestHandler =>
  (request, response) => {
    const onward = send(
      { host, port, method: request.method, path: request.url, headers: withoutHopHeaders(request.headers), agent },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, withoutHopHeaders(answer.headers));
        answer.pipe(response);
      },
    );
    onward.on('error', () => (response.headersSent ? response.destroy() : refuseUnavailable(response)));
    response.on('close', () => onward.destroy());
    request.pipe(onward);
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
