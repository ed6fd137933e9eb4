import { Catch, type INestApplication, type RpcExceptionFilter } from '@nestjs/common';
import type { NestMicroservice } from '@nestjs/microservices';
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
  const consumers = app.connectMicroservice({ strategy: transport }, { deferInitialization: true }) as NestMicroservice;
  // Handlers are bound to the filters of this moment: one that comes later catches nothing.
  consumers.useGlobalFilters(new PassErrorsOn());
  consumers.registerListeners();
  consumers.setIsInitialized(true);
  consumers.setIsInitHookCalled(true); // the application's own hooks are these providers' too
};
