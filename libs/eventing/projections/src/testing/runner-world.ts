import { inMemoryEventStore, type EventStore } from '@stockproof/event-store';
import { openDatabases, type OpenDatabases } from '@stockproof/postgres-connection';
import { testPostgres } from '@stockproof/postgres-embedded/testing';
import { migrate } from '@stockproof/postgres-migrations';
import { sql } from '@stockproof/sql';
import { derivedId } from '@stockproof/vocabulary';
import type { Projection } from '../projection';
import { projectionRunner, type ProjectionRunner } from '../projection-runner';
import type { ProjectionRunnerOptions } from '../runner-options';
import { testAccount, testOrganization } from './recorded-events';

export type Told = { readonly level: 'info' | 'warn' | 'error'; readonly message: string; readonly details: object };

/** A service with a log and runners on it, for the tests of this project. */
export type RunnerWorld = {
  readonly databases: OpenDatabases;
  readonly told: Told[];
  readonly newStore: () => EventStore;
  readonly runner: (store: EventStore, projections: readonly Projection[], more?: Partial<ProjectionRunnerOptions>) => ProjectionRunner;
  readonly rows: (table: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
  readonly reset: () => Promise<void>;
  readonly close: () => Promise<void>;
};

const service = 'stock';
let appended = 0;

/** One more event per quantity, to the stream of an item. */
export const count = async (store: EventStore, quantities: readonly number[], item = 'a'): Promise<string> => {
  const stream = `stock.item-${testAccount}-${item}`;
  const at = (await store.readStream(stream)).length;
  const events = quantities.map((quantity) => {
    const id = derivedId('counted', ++appended);
    const meta = {
      commandId: id,
      correlationId: id,
      causationId: id,
      actor: 'service:test',
      organizationId: testOrganization,
      accountId: testAccount,
      effectiveAt: null,
      schemaVersion: 1,
    };
    return { id, type: 'StockCounted', data: { quantity }, meta };
  });
  const [outcome] = await store.append([{ stream, expectedRevision: at, events }]);
  if (outcome?.outcome !== 'appended') throw new Error(`Not appended: ${outcome?.outcome}`);
  return outcome.position;
};

export const openWorld = async (): Promise<RunnerWorld> => {
  const postgres = await testPostgres();
  const recreateSchema = async (): Promise<void> => void (await migrate({ url: postgres.url, service, folders: [] }));
  await recreateSchema();
  const told: Told[] = [];
  const tell = (level: Told['level']) => (details: object, message: string) => void told.push({ level, message, details });
  const log = { info: tell('info'), warn: tell('warn'), error: tell('error') };
  const databases = openDatabases({ url: postgres.url, service, log });
  const opened: ProjectionRunner[] = [];
  return {
    databases,
    told,
    newStore: () => inMemoryEventStore({ clock: { now: () => new Date().toISOString() } }),
    runner: (store, projections, more = {}) => {
      const { owner, worker } = databases;
      const runner = projectionRunner({ service, store, owner, worker, projections, log, recreateSchema, ...more });
      opened.push(runner);
      return runner;
    },
    rows: async (table) => databases.worker.query(sql(`select * from ${table} order by 1, 2`)),
    reset: async () => {
      await Promise.all(opened.splice(0).map((runner) => runner.stop()));
      told.length = 0;
      await databases.owner.query(sql(`drop schema ${service}_views cascade`));
      await databases.owner.query(sql(`drop schema ${service}_building cascade`));
    },
    close: async () => {
      await databases.close();
      await postgres.stop();
    },
  };
};
