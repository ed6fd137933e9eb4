import type { FastifyInstance } from 'fastify';
import { correlationOf } from './correlation';
import type { Metrics } from './metrics';

type RequestLog = { readonly info: (details: object, message: string) => void };

/** Measures every request of a Fastify instance by its route (never by its path: ids would make endless series), logs it, and tells its correlation id. */
export const observeRequests = (fastify: FastifyInstance, metrics: Metrics, log?: RequestLog): void => {
  fastify.addHook('onRequest', async (request, reply) => {
    reply.header('x-correlation-id', correlationOf(request).correlationId);
  });
  fastify.addHook('onResponse', async (request, reply) => {
    const about = { method: request.method, route: request.routeOptions.url ?? 'unknown', status: reply.statusCode };
    metrics.request(about, reply.elapsedTime / 1_000);
    log?.info({ ...about, requestId: request.id, ...correlationOf(request), ms: Math.round(reply.elapsedTime) }, 'request');
  });
};
