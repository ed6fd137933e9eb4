import { projectionRunner, type ProjectionRunner } from '@stockproof/projections';
import { publisher, type Publisher } from '@stockproof/publishing';
import { projectionsOf, systemClock, type Engines, type Log, type ServiceDefinition, type ServiceEngines } from '@stockproof/service-host';

/** A service as its operators reach it: its own engines and tables, beside whatever processes run it, and without running it. */
export type OperatedService = {
  readonly definition: ServiceDefinition;
  readonly engines: ServiceEngines;
  readonly log: Log;
};

/** Opens a service's engines for the time of `work`. */
export const operatedService = async <T>(
  definition: ServiceDefinition,
  engines: Engines,
  log: Log,
  work: (service: OperatedService) => Promise<T>,
): Promise<T> => {
  const opened = engines.open(definition.name, log);
  try {
    return await work({ definition, engines: opened, log });
  } finally {
    await opened.close();
  }
};

/** The service's view runner, not started. */
export const viewsOf = ({ definition, engines: { store, databases }, log }: OperatedService): ProjectionRunner =>
  projectionRunner({
    service: definition.name,
    projections: projectionsOf(definition),
    store,
    owner: databases.owner,
    worker: databases.worker,
    clock: systemClock,
    log,
  });

/** The service's publisher, not started. */
export const publisherOf = ({ definition, engines: { store, bus, databases }, log }: OperatedService): Publisher =>
  publisher({
    service: definition.name,
    topics: definition.topics,
    publication: definition.publication,
    database: databases.worker,
    clock: systemClock,
    store,
    bus,
    log,
  });
