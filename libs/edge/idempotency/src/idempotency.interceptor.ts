import { StreamableFile, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { actorOf, callerOf, noteFirstReceipt, requestKeyOf, type Caller } from '@stockproof/access';
import { isRetryable, problemDocument, ProblemException, problemOfError, StoredAnswer, type Problem } from '@stockproof/http-problems';
import { plusMs, type Clock } from '@stockproof/vocabulary';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { catchError, from, mergeMap, type Observable } from 'rxjs';
import { v7 } from 'uuid';
import { idempotencyProblems } from './idempotency-problems';
import type { Answer, Attempt, KeptAnswers } from './kept-answers';
import { hashWithoutKey, type requestHash } from './request-hash';
import { answerNotKept, keyRequired } from './requires-idempotency-key';

/** As long as streams remember their commands. */
export const keptMs = 72 * 3_600_000;
/** Longer than any request; then the process that had it is taken for dead. */
export const leaseMs = 30_000;
/** A larger answer is made again by a second run instead. */
const maxBodyChars = 1_000_000;

const keptHeaders = ['etag', 'location', 'stockproof-position', 'retry-after'] as const;
/** Said before anything was done: the client may repair the request and send it under the same key. */
const beforeExecution = new Set([400, 401, 403, 404, 405, 413, 414, 415, 428, 429]);

export type IdempotencyOptions = {
  readonly answers: KeptAnswers;
  readonly hashOf: ReturnType<typeof requestHash>;
  readonly clock: Clock;
  readonly log: { readonly warn: (details: object, message: string) => void };
};

/** Gives the first answer to a repeated request. */
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly options: IdempotencyOptions) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const caller = callerOf(request);
    if (request.method === 'GET' || request.method === 'HEAD' || caller === undefined) return next.handle();
    const key = usableKey(request, Reflect.getMetadata(keyRequired, context.getHandler()) === true);
    if (key === null) return next.handle();
    const attempt = this.attemptOf(request, caller, key);
    await this.claim(request, attempt);
    return this.run(context, next, attempt);
  }

  private attemptOf(request: FastifyRequest, caller: Caller<string | null>, key: string): Attempt {
    const now = this.options.clock.now();
    const scope = [actorOf(caller.principal), caller.organizationId, caller.accountId ?? ''].join(' ');
    return {
      scope,
      key,
      requestHash: this.options.hashOf(request),
      lease: v7(),
      now,
      leaseUntil: plusMs(now, leaseMs),
      forgetBefore: plusMs(now, -keptMs),
    };
  }

  private async claim(request: FastifyRequest, attempt: Attempt): Promise<void> {
    const { answers } = this.options;
    const asNow = await answers.claim(attempt);
    // Or it is this request, kept before an upgrade.
    const claim = asNow.is === 'another request' ? await answers.claim({ ...attempt, requestHash: hashWithoutKey(request) }) : asNow;
    if (claim.is === 'running') throw new ProblemException(idempotencyProblems.running);
    if (claim.is === 'another request') throw new ProblemException(idempotencyProblems.reused);
    if (claim.is === 'answered')
      throw new StoredAnswer(claim.answer.status, { ...claim.answer.headers, 'idempotent-replayed': 'true' }, claim.answer.body);
    noteFirstReceipt(request, claim.firstReceivedAt);
  }

  private run(context: ExecutionContext, next: CallHandler, attempt: Attempt): Observable<unknown> {
    const http = context.switchToHttp();
    const [request, reply] = [http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>()];
    const notKept = Reflect.getMetadata(answerNotKept, context.getHandler()) === true;
    return next.handle().pipe(
      mergeMap(async (result: unknown) => {
        await this.settle(attempt, notKept ? null : answerOf(result, reply));
        return result;
      }),
      catchError((error: unknown) => from(this.failed(attempt, error, request))),
    );
  }

  private async failed(attempt: Attempt, error: unknown, request: FastifyRequest): Promise<never> {
    const problem = problemOfError(error);
    if (beforeExecution.has(problem.status)) await this.quietly(() => this.options.answers.free(attempt));
    else await this.settle(attempt, isKept(problem) ? refusalOf(problem, request) : null);
    throw error;
  }

  private settle(attempt: Attempt, answer: Answer | null): Promise<void> {
    return this.quietly(() => (answer === null ? this.options.answers.letGo(attempt) : this.options.answers.keep(attempt, answer)));
  }

  /** What was done stays done: the client gets its answer, and a repeat runs again under the same command id once the lease ends. */
  private async quietly(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.options.log.warn({ error: error instanceof Error ? error.message : String(error) }, 'an answer was not kept');
    }
  }
}

const usableKey = (request: FastifyRequest, required: boolean): string | null => {
  const requestKey = requestKeyOf(request);
  if (requestKey.is === 'malformed') throw refusedKey(idempotencyProblems.malformed);
  if (requestKey.is === 'missing' && required) throw refusedKey(idempotencyProblems.missing);
  return requestKey.is === 'given' ? requestKey.key : null;
};

const refusedKey = (problem: Problem): ProblemException =>
  new ProblemException({ ...problem, errors: [{ pointer: '/header/idempotency-key', code: problem.code, message: problem.title }] });

const isKept = (problem: Problem): boolean => problem.status < 500 && !isRetryable(problem);

const refusalOf = (problem: Problem, request: FastifyRequest): Answer => ({
  status: problem.status,
  headers: { ...problem.headers, 'content-type': 'application/problem+json' },
  body: JSON.stringify(problemDocument(problem, request.id)),
});

/** `null` for what cannot be kept: a stream, or more than is reasonable. */
const answerOf = (result: unknown, reply: FastifyReply): Answer | null => {
  if (result instanceof StreamableFile || Buffer.isBuffer(result)) return null;
  const body = typeof result === 'string' ? result : (JSON.stringify(result) ?? '');
  if (body.length > maxBodyChars) return null;
  const contentType = typeof result === 'string' ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
  const headers = keptHeaders.flatMap((name) => {
    const value = reply.getHeader(name);
    return value === undefined ? [] : [[name, String(value)] as const];
  });
  return {
    status: reply.statusCode,
    headers: { ...Object.fromEntries(headers), ...(body === '' ? {} : { 'content-type': contentType }) },
    body,
  };
};
