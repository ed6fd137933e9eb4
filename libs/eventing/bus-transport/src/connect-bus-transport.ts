import { Catch, type INestApplication, type RpcExceptionFilter } from '@nestjs/common';
import { throwError, type Observable } from 'rxjs';
import type { BusTransport } from './bus-transport';

/** NestJS would turn every error into "Internal server error"; the transport must see which one it was. */
@Catch()
class PassErrorsOn implements RpcExceptionFilter {
  catch(exception: unknown): Observable<never> {
    return throwError(() => exception);
  }
}

/** Makes the `@EventPattern` handlers of an application consumers of the bus. They start with `app.startAllMicroservices()`. */
export const connectBusTransport = (app: INestApplication, transport: BusTransport): void => {
  app.connectMicroservice({ strategy: transport }).useGlobalFilters(new PassErrorsOn());
};
