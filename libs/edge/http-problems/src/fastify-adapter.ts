import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { v7 } from 'uuid';
import { readJson } from './json-body';
import { knownProblems } from './known-problems';
import { problemDocument } from './problem-document';

/** The largest body unless a route says otherwise: a batch of 500 with room. */
export const bodyLimitBytes = 1_048_576;

/** Fastify as every service runs it: request ids of our own, a body limit, and problems also for what no route ever sees. */
export const fastifyAdapter = (): FastifyAdapter => {
  const adapter = new FastifyAdapter({
    genReqId: () => v7(),
    bodyLimit: bodyLimitBytes,
    routerOptions: { maxParamLength: 500 },
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      const told = error.statusCode === 414 ? knownProblems.uriTooLong : knownProblems.malformedRequest;
      void reply
        .status(told.status)
        .headers({ 'content-type': 'application/problem+json', 'x-request-id': request.id })
        .send(Buffer.from(JSON.stringify(problemDocument(told, request.id))));
    },
  });
  readJson(adapter, bodyLimitBytes);
  return adapter;
};
