import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DynamicModule } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { openChannels, type ChannelDirectory } from '@stockproof/channel-directory';
import { channelCredentials } from '@stockproof/channel-credentials';
import { accountsWithParked, BusTransport } from '@stockproof/bus-transport';
import { commandHandling } from '@stockproof/command-handling';
import { heard, NotHeardYet } from '@stockproof/hearsay';
import { postgresJobs, type RunningJobs } from '@stockproof/jobs';
import { serviceLogger, serviceMetrics, type Metrics } from '@stockproof/observability';
import { masterKeyFrom, postgresPersonalData } from '@stockproof/personal-data';
import { polledViewPositions, projectionRunner, type ProjectionRunner, type ViewPositions } from '@stockproof/projections';
import { publisher, type Publisher } from '@stockproof/publishing';
import type { ServiceStatus } from './admin-server';
import { systemClock } from './clock';
import { closedInReverse } from './closed-in-reverse';
import type { Engines, ServiceEngines } from './engines';
import type { HostConfig } from './host.config';
import {
  consumerMetrics,
  jobRuns,
  measureConsumers,
  measureJobs,
  measureParked,
  measurePublisher,
  measureViews,
  toldAgain,
} from './lag-metrics';
import { measuredStore } from './measured-store';
import { modulesOfEveryService, type EveryServiceOptions } from './modules-of-every-service';
import { checkService } from './readiness';
import { buildApplication } from './service-application';
import { migrateOwnSchemas, projectionsOf } from './service-migrations';
import type { Installation, Log, ServiceDefinition, ServiceRuntime } from './service-definition';

export type ServiceOptions = {
  readonly config: Pick<HostConfig, 'roles' | 'logLevel'>;
  readonly installation: Installation;
  /** True for one service per process: its metrics carry those of Node. */
  readonly withProcessMetrics: boolean;
};

export type RunningService = {
  readonly name: string;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  readonly document: OpenAPIObject;
  readonly metrics: Metrics;
  readonly status: () => Promise<ServiceStatus>;
  /** Finishes what is in hand, commits, gives everything back. HTTP is drained before. */
  readonly stop: () => Promise<void>;
  /** Nobody waits for its engines any longer. */
  readonly giveUp: () => void;
  /** What stopping waits for at this moment. */
  readonly unfinished: () => readonly string[];
};

type Surroundings = {
  readonly definition: ServiceDefinition;
  readonly engines: ServiceEngines;
  readonly installation: Installation;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly worker: boolean;
};

/** Builds the service on its engines and starts its work; HTTP is answered by `handle`. */
export const startService = async (
  definition: ServiceDefinition,
  engines: Engines,
  { config, installation, withProcessMetrics }: ServiceOptions,
): Promise<RunningService> => {
  const { name } = definition;
  const log = serviceLogger(name, config.logLevel);
  const metrics = serviceMetrics(name, { withProcess: withProcessMetrics });
  const worker = config.roles.includes('worker');
  let answering: Pick<RunningService, 'handle' | 'document' | 'status' | 'giveUp'> | undefined;
  const { stop, unfinished } = await closedInReverse(async (closing) => {
    const unmeasured = engines.open(name, log);
    closing('engines', unmeasured.close);
    const opened = { ...unmeasured, store: measuredStore(unmeasured.store, metrics) };
    const around: Surroundings = { definition, engines: opened, installation, metrics, log, worker };
    const work = worker ? workOf(around, () => migrateOwnSchemas(definition, engines)) : null;
    await work?.views.prepare();
    if (work) closing('projections', work.views.stop);
    if (work) closing('publisher', work.publisher.stop);
    const { runtime, jobs, channels } = runtimeOf(
      around,
      work?.views.views ??
        polledViewPositions({ database: opened.databases.writer, service: name, projections: projectionsOf(definition) }),
    );
    closing('jobs', jobs.stop);
    const messages = work?.messages ?? null;
    const { application, document } = await buildApplication(definition, {
      runtime,
      metrics,
      everywhere: everywhereIn(around, { jobs, channels, heard: runtime.heard }),
      messages,
      isTransient: opened.isTransient,
    });
    closing('consumers', () => application.close());
    if (work) {
      // A consumer may start before the service that publishes what it hears.
      await opened.bus.ensureTopics([...new Set([...definition.topics, ...work.messages.topics()])]);
      work.views.start();
      work.publisher.start();
      await application.startAllMicroservices();
      jobs.start();
    }
    const fastify = application.getHttpAdapter().getInstance();
    answering = {
      giveUp: opened.giveUp,
      handle: (request, response) => fastify.routing(request, response),
      document,
      status: () => checkService(name, config.roles, opened),
    };
  });
  if (!answering) throw new Error(`${name} did not start.`);
  return { name, metrics, ...answering, stop, unfinished: () => unfinished().map((part) => `${name}: ${part}`) };
};

type Work = { readonly views: ProjectionRunner; readonly publisher: Publisher; readonly messages: BusTransport };

/** What runs in the background of a worker, not yet started. */
const workOf = ({ definition, engines, metrics, log }: Surroundings, recreateSchema: () => Promise<void>): Work => {
  const { databases, store, bus, isTransient } = engines;
  const views = projectionRunner({
    service: definition.name,
    store,
    owner: databases.owner,
    worker: databases.worker,
    projections: projectionsOf(definition),
    log,
    clock: systemClock,
    recreateSchema,
  });
  const facts = publisher({
    service: definition.name,
    topics: definition.topics,
    store,
    bus,
    database: databases.worker,
    publication: definition.publication,
    clock: systemClock,
    log,
    onToldAgain: toldAgain(metrics),
  });
  const messages = new BusTransport({
    ...{ bus, database: databases.worker, log, metrics: consumerMetrics(metrics) },
    isTransient: (error) => error instanceof NotHeardYet || isTransient(error),
  });
  measureViews(metrics, views);
  measurePublisher(metrics, facts);
  measureConsumers(metrics, messages, systemClock);
  measureParked(metrics, databases.worker);
  measureJobs(metrics, databases.worker, systemClock);
  return { views, publisher: facts, messages };
};

const everywhereIn = (
  { definition, engines, installation, log, worker }: Surroundings,
  parts: Pick<EveryServiceOptions, 'jobs' | 'channels' | 'heard'>,
): readonly DynamicModule[] => {
  const { name: service, publication, pushesFrom } = definition;
  const { databases, store, bus } = engines;
  return modulesOfEveryService({
    ...{ ...parts, service, masterKey: installation.masterKey, databases, store, publication, bus },
    ...{ clock: systemClock, log, worker, pushesFrom },
  });
};

const runtimeOf = (
  { definition, engines, installation, metrics, log, worker }: Surroundings,
  views: ViewPositions,
): { readonly runtime: ServiceRuntime; readonly jobs: RunningJobs; readonly channels: ChannelDirectory } => {
  const { databases, store, snapshots, bus, connectors, hangUp } = engines;
  const database = worker ? databases.worker : databases.writer;
  const jobs = postgresJobs({ database, clock: systemClock, log, hangUp, onRun: jobRuns(metrics) });
  const masterKey = masterKeyFrom(installation.masterKey);
  const personalData = postgresPersonalData({ database: databases.writer, masterKey, clock: systemClock });
  const channels = openChannels({ databases, connectors, credentials: channelCredentials(masterKey), jobs, log });
  const commands = commandHandling({ store, snapshots, clock: systemClock, metrics: metrics.commands });
  return {
    runtime: {
      ...{ clock: systemClock, store, commands, bus, databases, personalData, views, jobs },
      heard: heard({
        ...{ looksUp: definition.looksUp ?? { topics: [] }, bus, store, views, clock: systemClock },
        parked: (groups) => accountsWithParked(database, groups),
      }),
      ...{ installation, connectors, channels, metrics, log },
    },
    jobs,
    channels,
  };
};
