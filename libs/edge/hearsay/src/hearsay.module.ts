import { Module, type DynamicModule } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import type { Clock } from '@stockproof/vocabulary';
import type { Heard } from './heard';
import { HearsayInterceptor } from './hearsay.interceptor';

/** Refusals for what others said wait for what others say. Import it once, after `IdempotencyModule`: that would keep such a refusal. */
@Module({})
export class HearsayModule {
  static forService({ heard, clock }: { readonly heard: Heard; readonly clock: Clock }): DynamicModule {
    return {
      module: HearsayModule,
      providers: [{ provide: APP_INTERCEPTOR, useValue: new HearsayInterceptor(heard, clock) }],
    };
  }
}
