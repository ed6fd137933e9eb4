import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { ViewPositions } from '@stockproof/projections';
import type { FastifyRequest } from 'fastify';
import { awaitedViews } from './awaits-view';
import { knownProblems } from './known-problems';
import { parsePositionToken } from './position-token';
import { ProblemException } from './problem-exception';

/** Long enough for a projection that keeps up, short enough for a client that waits. */
const waitMs = 2_000;

/** Keeps `Stockproof-Min-Position`: never an older state than the client has seen, in this service. */
export class MinPositionInterceptor implements NestInterceptor {
  constructor(
    private readonly service: string,
    private readonly views: ViewPositions,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler) {
    const token =
      context.getType() === 'http' ? context.switchToHttp().getRequest<FastifyRequest>().headers['stockproof-min-position'] : undefined;
    if (typeof token === 'string')
      await this.reach(token, (Reflect.getMetadata(awaitedViews, context.getHandler()) ?? []) as readonly string[]);
    return next.handle();
  }

  private async reach(token: string, views: readonly string[]): Promise<void> {
    const parsed = parsePositionToken(token);
    if (parsed?.service !== this.service) {
      const message =
        parsed === null ? 'must be a Stockproof-Position as it was answered' : `is a position of ${parsed.service}, not of ${this.service}`;
      throw new ProblemException({
        ...knownProblems.foreignPosition,
        errors: [{ pointer: '/header/stockproof-min-position', code: 'position', message }],
      });
    }
    const reached = await Promise.all(views.map((view) => this.views.waitFor(view, parsed.position, waitMs)));
    if (reached.includes(false)) throw new ProblemException(knownProblems.projectionBehind);
  }
}
