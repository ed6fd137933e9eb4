import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE, HttpAdapterHost } from '@nestjs/core';
import type { ViewPositions } from '@stockproof/projections';
import type { FastifyInstance } from 'fastify';
import { Cursors } from './cursors';
import { refuseForeignMediaType, refuseHostileInput } from './hostile-input';
import { MinPositionInterceptor } from './min-position.interceptor';
import { ProblemFilter, type ErrorLog } from './problem-filter';
import type { IsTransient } from './problem-of-error';
import { QueryGuardInterceptor } from './query-guard.interceptor';
import { validationPipe } from './validation-pipe';

/** What a service's HTTP side must know. */
export type HttpOptions = {
  readonly service: string;
  readonly views: ViewPositions;
  /** Signs cursors; the same on every instance of the service. */
  readonly cursorSecret: string;
  readonly log: ErrorLog;
  /** Which errors are answered 503 instead of 500. Default: none. */
  readonly isTransient?: IsTransient | undefined;
};

const prepare = (fastify: FastifyInstance, service: string): void => {
  fastify.decorate('stockproofService', service);
  fastify.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  fastify.addHook('onRequest', refuseForeignMediaType);
  fastify.addHook('preHandler', refuseHostileInput);
};

const httpPreparation = Symbol('http preparation');

/** Problems, validation, cursors and positions for all controllers of a service. Import it once, beside `fastifyAdapter()`. */
@Module({})
export class HttpModule {
  /** Adds the hooks as soon as the adapter is there: before any route answers. */
  static forService({ service, views, cursorSecret, log, isTransient }: HttpOptions): DynamicModule {
    return {
      module: HttpModule,
      global: true,
      exports: [Cursors],
      providers: [
        {
          provide: httpPreparation,
          useFactory: ({ httpAdapter }: HttpAdapterHost) => prepare(httpAdapter.getInstance<FastifyInstance>(), service),
          inject: [HttpAdapterHost],
        },
        { provide: Cursors, useValue: new Cursors(cursorSecret) },
        { provide: APP_FILTER, useValue: new ProblemFilter(log, isTransient) },
        { provide: APP_PIPE, useValue: validationPipe() },
        { provide: APP_INTERCEPTOR, useValue: new QueryGuardInterceptor() },
        { provide: APP_INTERCEPTOR, useValue: new MinPositionInterceptor(service, views) },
      ],
    };
  }
}
