import type { Metrics } from '@stockproof/observability';
import type { RequestHandler } from '@stockproof/service-host';

/** Nobody was there any more to hear the answer; as proxies count it. */
const clientLeft = 499;

/** Measures how requests are answered here, those that no service could answer among them; by service, as paths would make endless series. */
export const measured =
  ({ request: count }: Pick<Metrics, 'request'>, route: string, handler: RequestHandler): RequestHandler =>
  (request, response) => {
    const began = performance.now();
    response.once('close', () => {
      const status = response.headersSent ? response.statusCode : clientLeft;
      count({ method: request.method ?? 'GET', route, status }, (performance.now() - began) / 1_000);
    });
    handler(request, response);
  };
