import { genericHttp, openOutboundHttp, type OutboundHttp } from '@stockproof/connector-generic-http';
import { eventStoreMigrations, postgresEventStore, postgresSnapshots } from '@stockproof/event-store-postgres';
import { busMigrations, postgresBus } from '@stockproof/integration-bus-postgres';
import { isTransient, openDatabases, openLines, type Lines } from '@stockproof/postgres-connection';
import { EmbeddedPostgresError, joinEmbeddedPostgres, startEmbeddedPostgres } from '@stockproof/postgres-embedded';
import { migrate, MigrationError } from '@stockproof/postgres-migrations';
import {
  StartupError,
  type ChannelConnectors,
  type Engines,
  type HostConfig,
  type Log,
  type ServiceEngines,
  type ServiceName,
} from '@stockproof/service-host';
import { sql } from '@stockproof/sql';
import { driversFor, type Drivers } from './drivers';

/** Starts or finds what the configuration names. The only place that knows adapters by name. Throws `StartupError`. */
export const startEngines = (config: HostConfig, log: Log): Promise<Engines> => enginesOver(config, log, databaseOf);

/**
 * The same beside a running product: where that has started the embedded Postgres, it is joined and left running; where nobody has, it
 * is started for this process alone.
 */
export const joinEngines = (config: HostConfig, log: Log): Promise<Engines> =>
  enginesOver(config, log, async (configured, told) => {
    const joined = configured.databaseUrl === null ? joinEmbeddedPostgres(configured.dataDir) : null;
    if (joined === null) return databaseOf(configured, told);
    return { url: joined.url, described: [`Postgres, embedded, joined in ${joined.location}`], stop: async () => undefined };
  });

const enginesOver = async (
  config: HostConfig,
  log: Log,
  openDatabase: (config: HostConfig, log: Log) => Promise<RunningDatabase>,
): Promise<Engines> => {
  const drivers = await driversFor(config);
  const named = [
    ...(drivers.eventStoreDb ? [await drivers.eventStoreDb.findEventStoreDb(eventStoreDbIn(config))] : []),
    ...(drivers.kafka ? [await drivers.kafka.findKafka(config.kafka, log)] : []),
  ];
  const database = await openDatabase(config, log);
  return {
    described: [...database.described, ...named],
    databaseUrl: database.url,
    migrate: (service, folders) =>
      sentences(async () => {
        const engineFolders = [{ name: 'event-store', dir: eventStoreMigrations }];
        await migrate({ url: database.url, service, folders: [...engineFolders, ...folders] });
      }),
    migrateBus: (service) =>
      sentences(async () => {
        if (config.bus === 'postgres') await migrateBus(database.url, service, log);
      }),
    open: (service, serviceLog) => openService(database.url, service, { config, drivers, log: serviceLog }),
    close: database.stop,
  };
};

/** Nobody chooses EventStoreDB without its address: the configuration would be refused. */
const eventStoreDbIn = ({ eventStoreDbUrl }: HostConfig): string => eventStoreDbUrl ?? '';

type RunningDatabase = { readonly url: string; readonly described: readonly string[]; readonly stop: () => Promise<void> };

const databaseOf = async ({ databaseUrl, dataDir }: HostConfig, log: Log): Promise<RunningDatabase> => {
  if (databaseUrl !== null)
    return { url: databaseUrl, described: [`Postgres at ${new URL(databaseUrl).host}`], stop: async () => undefined };
  const embedded = await sentences(() => startEmbeddedPostgres({ dataDir, log: (message) => log.info({}, message) }));
  return { url: embedded.url, described: [`Postgres, embedded, its data in ${embedded.location}`], stop: embedded.stop };
};

/** What adapters say about why they cannot start is meant for whoever starts the process. */
const sentences = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof EmbeddedPostgresError || error instanceof MigrationError) throw new StartupError(error.message, { cause: error });
    if (isConnectionError(error))
      throw new StartupError(
        `The database in DATABASE_URL cannot be reached: ${textOf(error)}. Check its address, its user and whether it runs.`,
        { cause: error },
      );
    throw error;
  }
};

/** Not there, or there but not for this user or under this name. */
const isConnectionError = (error: unknown): boolean =>
  isTransient(error) || /^(28\w{3}|3D000)$/.test(String((error as { code?: unknown }).code));
const textOf = (error: unknown): string =>
  error instanceof AggregateError ? error.errors.map(textOf).join('; ') : error instanceof Error ? error.message : String(error);

/** All services of a database share one bus; each is let in once its roles exist. */
const migrateBus = async (url: string, service: ServiceName, log: Log): Promise<void> => {
  const own = openDatabases({ url, service, poolSizes: { owner: 1 }, log });
  try {
    await own.owner.transaction(async (tx) => {
      // Services that come at once would change the same rights, and all but one of them would fail.
      await tx.query(sql("select pg_advisory_xact_lock(hashtextextended('stockproof.bus', 0))"));
      await migrate({ url, service: 'bus', folders: [{ name: 'integration-bus', dir: busMigrations }] });
      await grantBus(url, log);
    });
  } finally {
    await own.close();
  }
};

const grantBus = async (url: string, log: Log): Promise<void> => {
  const bus = openDatabases({ url, service: 'bus', poolSizes: { owner: 1 }, log });
  try {
    await bus.owner.query(sql('select grant_workers()'));
  } finally {
    await bus.close();
  }
};

/** All connectors of this release; both kinds of channel are reached through the one checked door. */
const connectorsOver = (outbound: OutboundHttp): ChannelConnectors => {
  const generic = genericHttp(outbound);
  return { fulfillment: new Map([[generic.name, generic]]), sales: new Map([[generic.name, generic]]) };
};

type ServiceSurroundings = { readonly config: HostConfig; readonly drivers: Drivers; readonly log: Log };

const openService = (url: string, service: ServiceName, around: ServiceSurroundings): ServiceEngines => {
  const { config, drivers, log } = around;
  const lines = openLines();
  const outbound = openOutboundHttp({ allow: config.outboundAllow });
  const databases = openDatabases({ url, service, lines, log });
  const store =
    drivers.eventStoreDb?.openEventStoreDb(eventStoreDbIn(config), service, log) ??
    postgresEventStore({ url, schema: service, role: `${service}_writer`, lines, log });
  const { bus, probeBus } = busOf({ url, lines }, service, around);
  return {
    databases,
    store,
    snapshots: postgresSnapshots(databases.writer),
    bus,
    probeBus,
    connectors: connectorsOver(outbound),
    isTransient: (error) =>
      isTransient(error) ||
      drivers.eventStoreDb?.isTransientEventStoreDb(error) === true ||
      drivers.kafka?.isTransientKafka(error) === true,
    hangUp: outbound.hangUp,
    giveUp: () => {
      outbound.hangUp();
      lines.cut();
    },
    close: async () => {
      await bus.close();
      await store.close();
      await databases.close();
      outbound.hangUp(); // nobody is left who would hear an answer
      await outbound.close();
    },
  };
};

const busOf = (
  { url, lines }: { readonly url: string; readonly lines: Lines },
  service: ServiceName,
  { config, drivers, log }: ServiceSurroundings,
): Pick<ServiceEngines, 'bus' | 'probeBus'> => {
  if (drivers.kafka === null)
    return {
      bus: postgresBus({ url, role: `${service}_worker`, lines, log, recreateSchema: () => migrateBus(url, service, log) }),
      probeBus: null,
    };
  const bus = drivers.kafka.openKafka(config.kafka, log, service);
  return { bus, probeBus: bus.probe };
};
