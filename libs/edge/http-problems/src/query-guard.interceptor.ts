import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { ROUTE_ARGS_METADATA, RouteParamtypes } from '@nestjs/common/internal';
import type { FastifyRequest } from 'fastify';
import { knownProblems } from './known-problems';
import { pointerTo } from './pointer';
import { ProblemException } from './problem-exception';

/** An operation that reads no query refuses one: what is ignored silently is a filter that somebody believes in. */
export class QueryGuardInterceptor implements NestInterceptor {
  private readonly takesQuery = new Map<unknown, boolean>();

  intercept(context: ExecutionContext, next: CallHandler) {
    if (context.getType() === 'http' && !this.knowsQuery(context)) {
      const names = Object.keys(context.switchToHttp().getRequest<FastifyRequest>().query as object);
      const errors = names
        .slice(0, 100)
        .map((name) => ({ pointer: `/query${pointerTo([name])}`, code: 'unknown-field', message: 'is not known here' }));
      if (errors.length > 0) throw new ProblemException({ ...knownProblems.validationFailed, errors });
    }
    return next.handle();
  }

  private knowsQuery(context: ExecutionContext): boolean {
    const handler = context.getHandler();
    const known = this.takesQuery.get(handler);
    if (known !== undefined) return known;
    const parameters: object = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), handler.name) ?? {};
    const found = Object.keys(parameters).some((key) => key.startsWith(`${RouteParamtypes.QUERY}:`));
    this.takesQuery.set(handler, found);
    return found;
  }
}
