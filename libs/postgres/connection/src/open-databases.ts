import type { Database, ServiceDatabases } from '@stockproof/sql';
import { databaseOf } from './database';
import type { Lines } from './lines';
import { rolePool } from './role-pool';
import { tenantReaderOf } from './tenant-reader';

export type PoolSizes = { readonly owner: number; readonly writer: number; readonly worker: number; readonly reader: number };

export type OpenDatabasesOptions = {
  /** Its user must be a member of the service's four roles, as migrations make the one that ran them. */
  readonly url: string;
  readonly service: string;
  readonly poolSizes?: Partial<PoolSizes>;
  /** Default: lines that nobody cuts. */
  readonly lines?: Lines;
  /** Told of idle connections that broke; the pools replace them by themselves. */
  readonly log: { readonly warn: (details: object, message: string) => void };
};

export type OpenDatabases = ServiceDatabases & {
  /** Creates and drops views. */
  readonly owner: Database;
  readonly close: () => Promise<void>;
};

/** Five services with these take 110 of the 200 connections that the embedded server offers. */
const defaultSizes: PoolSizes = { owner: 2, writer: 6, worker: 8, reader: 6 };

/** A service's doors to Postgres. Connects when first used. */
export const openDatabases = ({ url, service, poolSizes, lines, log }: OpenDatabasesOptions): OpenDatabases => {
  const sizes = { ...defaultSizes, ...poolSizes };
  let closing = false;
  const pool = (role: keyof PoolSizes, pipeline = false) => {
    const onError = ({ message }: Error): void => {
      // A connection that is being closed may lose the race against a server that stops: that is no news, nor is one that was cut.
      if (!closing && !lines?.areCut()) log.warn({ service, role, error: message }, 'an idle database connection broke');
    };
    return rolePool({ url, service, role, size: sizes[role], pipeline, lines, onError });
  };
  const pools = { owner: pool('owner'), writer: pool('writer'), worker: pool('worker'), reader: pool('reader', true) };
  return {
    owner: databaseOf(pools.owner),
    writer: databaseOf(pools.writer),
    worker: databaseOf(pools.worker),
    reader: tenantReaderOf(pools.reader),
    close: async () => {
      closing = true;
      await Promise.all(Object.values(pools).map((each) => each.end()));
    },
  };
};
