import { Agent, request as send, type IncomingHttpHeaders } from 'node:http';
import { refuseUnavailable, type RequestHandler } from '@stockproof/service-host';

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** These are about one connection, not about the request. */
const withoutHopHeaders = ({ connection: _, 'keep-alive': __, ...headers }: IncomingHttpHeaders): IncomingHttpHeaders => headers;

/** Hands requests on to a service on this machine; one that is gone is answered 503. */
export const proxyTo =
  (port: number): RequestHandler =>
  (request, response) => {
    const onward = send(
      { host: '127.0.0.1', port, method: request.method, path: request.url, headers: withoutHopHeaders(request.headers), agent },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, withoutHopHeaders(answer.headers));
        answer.pipe(response);
      },
    );
    onward.on('error', () => (response.headersSent ? response.destroy() : refuseUnavailable(response)));
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  };
