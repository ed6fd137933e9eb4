import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemDocument } from './problem-document';
import { problemOfError, type IsTransient } from './problem-of-error';
import { StoredAnswer } from './stored-answer';

/** Where what went wrong on our side is written down, beside the request it happened to. */
export type ErrorLog = { readonly error: (details: object, message: string) => void };

const described = (error: unknown): object =>
  error instanceof Error ? { name: error.name, message: error.message, stack: error.stack } : { name: typeof error };

/** Turns whatever ends a request into `application/problem+json`. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly log: ErrorLog,
    private readonly isTransient?: IsTransient,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error;
    const http = host.switchToHttp();
    const [request, reply] = [http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>()];
    if (reply.sent) return;
    if (error instanceof StoredAnswer) void reply.status(error.status).headers(error.headers).send(Buffer.from(error.body));
    else this.answer(error, request, reply);
  }

  private answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const problem = problemOfError(error, this.isTransient);
    if (problem.status >= 500 && problem.code === 'internal-error')
      this.log.error({ requestId: request.id, error: described(error) }, 'a request failed');
    void reply
      .status(problem.status)
      .headers({ ...problem.headers, 'content-type': 'application/problem+json' })
      .send(Buffer.from(JSON.stringify(problemDocument(problem, request.id))));
  }
}
