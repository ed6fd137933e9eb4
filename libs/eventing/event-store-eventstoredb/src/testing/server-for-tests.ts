import { existsSync } from 'node:fs';
import { startStandIn, type EventStoreDbStandIn } from '@stockproof/eventstoredb-stand-in';
import { GenericContainer, Wait } from 'testcontainers';

export type ServerForTests = {
  readonly url: string;
  /** What it is, for people: a real server or the stand-in. */
  readonly described: string;
  readonly stop: () => Promise<void>;
};

const image = process.env['EVENTSTOREDB_IMAGE'] ?? 'eventstore/eventstore:24.6.0-jammy';
const portInside = 2113;

/** A real server if one can be had – named by `EVENTSTOREDB_URL`, or as a container – else the stand-in. Which one it is, is printed. */
export const serverForTests = async (): Promise<ServerForTests> => {
  const named = process.env['EVENTSTOREDB_URL'];
  if (named) return { url: named, described: `the EventStoreDB server of EVENTSTOREDB_URL`, stop: async () => undefined };
  const { server, why } = await container();
  if (server) return server;
  const standIn: EventStoreDbStandIn = await startStandIn();
  return { url: standIn.url, described: `the stand-in, not a server: ${why}`, stop: async () => standIn.close() };
};

const container = async (): Promise<{ readonly server: ServerForTests | null; readonly why: string }> => {
  if (!process.env['DOCKER_HOST'] && !existsSync('/var/run/docker.sock'))
    return { server: null, why: 'EVENTSTOREDB_URL is not set and there is no Docker' };
  try {
    const started = await new GenericContainer(image)
      .withEnvironment({ EVENTSTORE_INSECURE: 'true', EVENTSTORE_MEM_DB: 'true', EVENTSTORE_RUN_PROJECTIONS: 'None' })
      .withExposedPorts(portInside)
      .withWaitStrategy(Wait.forHttp('/health/live', portInside))
      .start();
    const url = `esdb://${started.getHost()}:${started.getMappedPort(portInside)}?tls=false`;
    return {
      server: { url, described: `EventStoreDB in a container of ${image}`, stop: async () => void (await started.stop()) },
      why: '',
    };
  } catch (error) {
    return { server: null, why: `a container of ${image} did not start: ${String(error)}` };
  }
};
