import type { SnapshotStore } from '@stockproof/command-handling';
import type { EventStore } from '@stockproof/event-store';
import type { IntegrationBus } from '@stockproof/integration-bus';
import type { Database, ServiceDatabases } from '@stockproof/sql';
import type { ChannelConnectors, Log, ServiceName } from './service-definition';

/** A service's own connections to what it keeps its facts in and sends them with. */
export type ServiceEngines = {
  /** `owner` creates and drops views. */
  readonly databases: ServiceDatabases & { readonly owner: Database };
  readonly store: EventStore;
  readonly snapshots: SnapshotStore;
  readonly bus: IntegrationBus;
  /** Resolves when the bus answers; `null` for a bus inside of the database. */
  readonly probeBus: (() => Promise<void>) | null;
  readonly connectors: ChannelConnectors;
  /** Which errors of these engines pass by themselves. */
  readonly isTransient: (error: unknown) => boolean;
  /** Whatever is asked of channels fails from now on, also what is under way. */
  readonly hangUp: () => void;
  /** Nobody waits for the database or for a channel any longer: what has no answer yet fails, so that everything can be closed. */
  readonly giveUp: () => void;
  readonly close: () => Promise<void>;
};

/** The adapters that configuration chose for this process. */
export type Engines = {
  /** One line each for whoever starts the process: which engine, where its data are. */
  readonly described: readonly string[];
  /** Where services of other processes find the same database. */
  readonly databaseUrl: string;
  /** Brings a service's schemas up to date: the tables of its engines, then these folders. Safe to call by many at once. */
  readonly migrate: (service: ServiceName, folders: readonly { readonly name: string; readonly dir: string }[]) => Promise<void>;
  /** Makes the schema of the bus where the bus lives in the database, and lets the service in. Safe to call by many at once. */
  readonly migrateBus: (service: ServiceName) => Promise<void>;
  readonly open: (service: ServiceName, log: Log) => ServiceEngines;
  /** Stops what was started for this process alone. Services are closed before. */
  readonly close: () => Promise<void>;
};
