import { Module, type DynamicModule } from '@nestjs/common';
import type { Jobs } from '@stockproof/jobs';
import { accountJobsController } from './account-jobs.controller';

/** `GET` and `POST /v1/<service>/accounts/{id}/jobs`. Import it once per service, beside `HttpModule` and `AccessModule`. */
@Module({})
export class AccountJobsModule {
  static forService({ service, jobs }: { readonly service: string; readonly jobs: Pick<Jobs, 'status' | 'runNow'> }): DynamicModule {
    return { module: AccountJobsModule, controllers: [accountJobsController(service, jobs)] };
  }
}
