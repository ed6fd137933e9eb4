import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OpenAPIObject as OpenApiDocument } from '@nestjs/swagger';
import { problemDocument } from '@stockproof/http-problems';
import fastify, { type FastifyInstance } from 'fastify';
import { mergedOpenApi } from './openapi';

export type { OpenApiDocument };

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** What belongs to no service: the merged document at `/openapi.json` and its page at `/docs`, served from here alone. */
export const startFront = async (documents: () => Promise<ReadonlyMap<string, OpenApiDocument>>): Promise<Handler> => {
  const front = fastifyOfOurs();
  front.get('/openapi.json', async () => mergedOpenApi(await documents()));
  front.get('/', (_, reply) => reply.redirect('/docs/'));
  let page: Promise<Handler> | undefined;
  // Read and nothing else: a body would be read here, and the page's own server would wait for it for ever.
  front.get('/docs*', async (request, reply) => {
    page ??= openPage().catch((error: unknown) => {
      page = undefined;
      throw error;
    });
    const handle = await page;
    reply.hijack();
    handle(request.raw, reply.raw);
  });
  return whenReady(front);
};

/** Loaded when somebody wants to see it: four megabytes of source, a tenth of what a process would load at its start. */
const openPage = async (): Promise<Handler> => {
  const { default: apiReference } = await import('@scalar/fastify-api-reference');
  const page = fastifyOfOurs();
  await page.register(apiReference, {
    routePrefix: '/docs',
    // Nothing is loaded from elsewhere, nothing is told to anybody.
    configuration: { url: '/openapi.json', pageTitle: 'Stockproof', withDefaultFonts: false, telemetry: false, proxyUrl: '' },
  });
  return whenReady(page);
};

const whenReady = async (server: FastifyInstance): Promise<Handler> => {
  await server.ready();
  return (request, response) => server.routing(request, response);
};

const fastifyOfOurs = (): FastifyInstance => {
  const server = fastify({ logger: false, genReqId: () => randomUUID() });
  server.setNotFoundHandler((request, reply) =>
    reply
      .status(404)
      .header('content-type', 'application/problem+json')
      .header('x-request-id', request.id)
      .send(Buffer.from(JSON.stringify(problemDocument({ status: 404, code: 'not-found', title: 'There is nothing here' }, request.id)))),
  );
  return server;
};
