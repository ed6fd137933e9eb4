import { isUtf8 } from 'node:buffer';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { knownProblems } from './known-problems';
import { ProblemException } from './problem-exception';

const unreadable = (detail: string): ProblemException => new ProblemException({ ...knownProblems.malformedRequest, detail });

/** Reads JSON bodies, and says of one that cannot be read what it is. */
export const readJson = (adapter: FastifyAdapter, bodyLimit: number): void => {
  const parse = adapter.getInstance<FastifyInstance>().getDefaultJsonParser('error', 'error');
  // Kept as it came too: a push is signed over its very bytes.
  adapter.useBodyParser('application/json', true, { bodyLimit }, (request: FastifyRequest, body: Buffer, done) => {
    if (body.length === 0) return done(unreadable('The body is empty.'));
    // The parser would put another letter where it finds none, and what was sent would be lost without a word.
    if (!isUtf8(body)) return done(unreadable('The body is not text in UTF-8.'));
    void parse(request, body.toString(), (error, parsed: unknown) =>
      error === null ? done(null, parsed) : done(unreadable('The body is not JSON, or holds __proto__ or a prototype of a constructor.')),
    );
  });
};
