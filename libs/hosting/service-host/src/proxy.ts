import { Agent, request as send, type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { refuseUnavailable, type RequestHandler } from './listener';
import type { OpenApiDocument } from './front';

/** Where a service of another process answers. */
export type ServiceAddress = { readonly host: string; readonly port: number };

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** These are about one connection, not about the request. */
const withoutHopHeaders = ({ connection: _, 'keep-alive': __, ...headers }: IncomingHttpHeaders): IncomingHttpHeaders => headers;

/** While a process takes the place of another one nobody may answer for a moment: so often, so far apart, it is tried again. */
const triesAtMost = 40;
const pauseMs = 75;

/** A longer body is passed on as it comes, and cannot be sent again. */
const keptBytes = 1_048_576;

/** What may be sent twice: what changes nothing or only once, and what the services know again by its key. */
const isRepeatable = ({ method, headers }: IncomingMessage): boolean =>
  method === 'GET' || method === 'HEAD' || method === 'PUT' || headers['idempotency-key'] !== undefined;

/** `null`: it is too long to be kept, or its length is not told. */
const keptBody = async (request: IncomingMessage): Promise<Buffer | null> => {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = request.headers;
  if (encoding !== undefined || Number(length) > keptBytes) return null;
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
};

type Passed = { readonly request: IncomingMessage; readonly response: ServerResponse; readonly body: Buffer | null };

/** How often no connection was found, and whether it goes on a connection of its own. */
type Try = { readonly tries: number; readonly fresh: boolean };

/** Hands requests on to a service of another process; one that is gone is answered 503, and `tell` hears why. */
export const proxyTo =
  ({ host, port }: ServiceAddress, tell: (why: string) => void = () => undefined): RequestHandler =>
  (request, response) => {
    const passOn = (passed: Passed, { tries, fresh }: Try): void => {
      if (response.destroyed) return; // nobody waits for it any more
      const { method, url: path } = request;
      const headers = withoutHopHeaders(request.headers);
      const onward = send({ host, port, method, path, headers, agent: fresh ? false : agent }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, withoutHopHeaders(answer.headers));
        // An answer that breaks off breaks off for the caller too.
        pipeline(answer, response, () => undefined);
      });
      const abandon = (): void => void onward.destroy();
      response.on('close', abandon);
      // Only a connection takes the body: without one it is still there for the next try.
      const isConnected = whenConnected(onward, () => (passed.body === null ? request.pipe(onward) : onward.end(passed.body)));
      onward.on('error', (error) => {
        response.off('close', abandon);
        if (response.headersSent || response.destroyed) return void response.destroy();
        if (!isConnected() && tries < triesAtMost) return void setTimeout(passOn, pauseMs, passed, { tries: tries + 1, fresh });
        if (!fresh && wasClosedUnread(onward, passed)) return passOn(passed, { tries, fresh: true });
        tell(`${method} ${path} got no answer from ${host}:${port}: ${error.message}`);
        refuseUnavailable(response);
      });
    };
    keptBody(request).then(
      (body) => passOn({ request, response, body }, { tries: 0, fresh: false }),
      () => response.destroy(), // who asked has gone in the middle of it
    );
  };

/** A kept connection that the other side closed at the moment in which it was used again; what was sent on it was not read, or is known again. */
const wasClosedUnread = ({ reusedSocket }: ClientRequest, { request, body }: Passed): boolean =>
  reusedSocket && body !== null && isRepeatable(request);

/** Calls back once there is a connection, new or kept; the answer says whether there has been one. */
const whenConnected = (onward: ClientRequest, act: () => void): (() => boolean) => {
  let connected = false;
  const go = (): void => {
    connected = true;
    act();
  };
  onward.on('socket', (socket) => (socket.connecting ? socket.once('connect', go) : go()));
  return () => connected;
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
