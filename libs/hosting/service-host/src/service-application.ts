import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import helmet from '@fastify/helmet';
import { connectBusTransport, type BusTransport } from '@stockproof/bus-transport';
import { fastifyAdapter, HttpModule } from '@stockproof/http-problems';
import { observeRequests, type Metrics } from '@stockproof/observability';
import { nestLog } from './nest-log';
import { openApiOf } from './openapi';
import type { ServiceDefinition, ServiceRuntime } from './service-definition';

export type ApplicationOptions = {
  readonly runtime: ServiceRuntime;
  readonly metrics: Metrics;
  /** What every service has beside its own module. */
  readonly everywhere: readonly DynamicModule[];
  /** How messages reach `@EventPattern` handlers; `null` in a process that hears none. */
  readonly messages: BusTransport | null;
  /** Whether an error is the world's: answered 503 instead of 500. */
  readonly isTransient: (error: unknown) => boolean;
};

export type ServiceApplication = {
  readonly application: NestFastifyApplication;
  readonly document: OpenAPIObject;
  /** `GET /v1/…`: all that is answered, to be compared with the document. */
  readonly routes: readonly string[];
};

/** All of a service is imported here, by a module that has no other purpose. */
@Module({})
class ServiceRoot {}

/** The NestJS application of one service, ready to answer, listening nowhere. */
export const buildApplication = async (
  definition: ServiceDefinition,
  { runtime, metrics, everywhere, messages, isTransient }: ApplicationOptions,
): Promise<ServiceApplication> => {
  const { name } = definition;
  const http = HttpModule.forService({
    service: name,
    views: runtime.views,
    cursorSecret: `${name}\n${runtime.installation.masterKey}`,
    log: runtime.log,
    isTransient,
  });
  const root: DynamicModule = { module: ServiceRoot, imports: [http, ...everywhere, definition.module(runtime)] };
  const application = await NestFactory.create<NestFastifyApplication>(root, fastifyAdapter(), {
    logger: nestLog(runtime.log),
    abortOnError: false,
    forceCloseConnections: true,
  });
  const fastify = application.getHttpAdapter().getInstance();
  const routes: string[] = [];
  fastify.addHook('onRoute', ({ method, url }) => void routes.push(...[method].flat().map((each) => `${each} ${url}`)));
  await application.register(helmet);
  observeRequests(fastify, metrics, runtime.log);
  const document = openApiOf(name, application);
  fastify.get(`/v1/${name}/openapi.json`, { schema: { hide: true } } as object, async () => document);
  if (messages) connectBusTransport(application, messages);
  await application.init();
  await fastify.ready();
  return { application, document, routes };
};
