import { Module, type DynamicModule } from '@nestjs/common';
import { parkedKeys } from '@stockproof/bus-transport';
import type { ServiceDatabases } from '@stockproof/sql';
import { parkedKeysController } from './parked-keys.controller';

/** `GET` and `POST /v1/<service>/accounts/{id}/parked-keys`. Import it once per service, beside `HttpModule` and `AccessModule`. */
@Module({})
export class ParkedKeysModule {
  static forService({
    service,
    databases,
  }: {
    readonly service: string;
    readonly databases: Pick<ServiceDatabases, 'writer'>;
  }): DynamicModule {
    return { module: ParkedKeysModule, controllers: [parkedKeysController(service, parkedKeys({ database: databases.writer }))] };
  }
}
