import { Module, type DynamicModule } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import type { ServiceDatabases } from '@stockproof/sql';
import type { Clock } from '@stockproof/vocabulary';
import { Forgetting } from './forgetting';
import { IdempotencyInterceptor } from './idempotency.interceptor';
import { keptAnswers } from './kept-answers';
import { requestHash } from './request-hash';

export type IdempotencyModuleOptions = {
  readonly databases: Pick<ServiceDatabases, 'writer'>;
  /** Of the installation: the same in all processes of a service. */
  readonly secret: string;
  readonly clock: Clock;
  readonly log: { readonly warn: (details: object, message: string) => void };
};

/** `Idempotency-Key` for everything that writes. Import it once, with the guard of access: keys belong to their caller. */
@Module({})
export class IdempotencyModule {
  static forService({ databases, secret, clock, log }: IdempotencyModuleOptions): DynamicModule {
    const options = { answers: keptAnswers(databases.writer), hashOf: requestHash(secret), clock, log };
    return {
      module: IdempotencyModule,
      providers: [
        { provide: APP_INTERCEPTOR, useValue: new IdempotencyInterceptor(options) },
        { provide: Forgetting, useValue: new Forgetting(options) },
      ],
    };
  }
}
