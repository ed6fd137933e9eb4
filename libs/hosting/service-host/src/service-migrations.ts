import { accessMigrations } from '@stockproof/access';
import { channelDirectoryMigrations } from '@stockproof/channel-directory';
import { busTransportMigrations } from '@stockproof/bus-transport';
import { accountEventsProjection } from '@stockproof/event-feed';
import { fileImportsMigrations } from '@stockproof/file-imports';
import { idempotencyMigrations } from '@stockproof/idempotency';
import { jobsMigrations } from '@stockproof/jobs';
import { personalDataMigrations } from '@stockproof/personal-data';
import { projectionRunner, type Projection } from '@stockproof/projections';
import { publishingMigrations } from '@stockproof/publishing';
import type { Engines } from './engines';
import type { Log, ServiceDefinition } from './service-definition';

/** Brings the schemas of a service up to date, and lets it in to the bus. */
export const migrateService = async (definition: ServiceDefinition, engines: Engines): Promise<void> => {
  await migrateOwnSchemas(definition, engines);
  await engines.migrateBus(definition.name);
};

/** Its engines', those of the machinery it runs on, its own. A bus that was lost is made again by who misses it, and says so. */
export const migrateOwnSchemas = ({ name, migrations }: ServiceDefinition, engines: Engines): Promise<void> =>
  engines.migrate(name, [
    { name: 'personal-data', dir: personalDataMigrations },
    { name: 'jobs', dir: jobsMigrations },
    { name: 'bus-transport', dir: busTransportMigrations },
    { name: 'publishing', dir: publishingMigrations },
    { name: 'access', dir: accessMigrations },
    { name: 'idempotency', dir: idempotencyMigrations },
    { name: 'channel-directory', dir: channelDirectoryMigrations },
    { name: 'file-imports', dir: fileImportsMigrations },
    { name, dir: migrations },
  ]);

/** Creates views that are missing: part of the migration step, so that the first request finds them. */
export const prepareViews = async (definition: ServiceDefinition, engines: Engines, log: Log): Promise<void> => {
  const { name } = definition;
  const { databases, store, close } = engines.open(name, log);
  const projections = projectionsOf(definition);
  try {
    await projectionRunner({ service: name, store, owner: databases.owner, worker: databases.worker, projections, log }).prepare();
  } finally {
    await close();
  }
};

/** A service's own views, and the index that its event feed reads by. */
export const projectionsOf = ({ projections }: ServiceDefinition): readonly Projection[] => [...projections, accountEventsProjection];
