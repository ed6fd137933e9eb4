import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OpenAPIObject as OpenApiDocument } from '@nestjs/swagger';
import apiReference from '@scalar/fastify-api-reference';
import { problemDocument } from '@stockproof/http-problems';
import fastify from 'fastify';
import { mergedOpenApi } from './openapi';

export type { OpenApiDocument };

/** What belongs to no service: the merged document at `/openapi.json` and its page at `/docs`, served from here alone. */
export const startFront = async (
  documents: () => Promise<ReadonlyMap<string, OpenApiDocument>>,
): Promise<(request: IncomingMessage, response: ServerResponse) => void> => {
  const front = fastify({ logger: false, genReqId: () => randomUUID() });
  front.get('/openapi.json', async () => mergedOpenApi(await documents()));
  front.get('/', (_, reply) => reply.redirect('/docs/'));
  await front.register(apiReference, {
    routePrefix: '/docs',
    // Nothing is loaded from elsewhere, nothing is told to anybody.
    configuration: { url: '/openapi.json', pageTitle: 'Stockproof', withDefaultFonts: false, telemetry: false, proxyUrl: '' },
  });
  front.setNotFoundHandler((request, reply) =>
    reply
      .status(404)
      .header('content-type', 'application/problem+json')
      .header('x-request-id', request.id)
      .send(Buffer.from(JSON.stringify(problemDocument({ status: 404, code: 'not-found', title: 'There is nothing here' }, request.id)))),
  );
  await front.ready();
  return (request, response) => front.routing(request, response);
};
