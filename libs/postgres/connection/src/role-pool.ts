import { escapeIdentifier, Pool } from 'pg';
import { columnTypes } from './column-types';
import type { Lines } from './lines';

export type RolePoolOptions = {
  readonly url: string;
  /** The schemas follow from it: `<service>`, then `<service>_views`. */
  readonly service: string;
  readonly role: 'owner' | 'writer' | 'worker' | 'reader';
  readonly size: number;
  /** Sends queries without waiting for the answers of those before. */
  readonly pipeline?: boolean;
  /** A connection on which a statement was not answered for so long counts as lost. Default: never for the owner, else 60,000. */
  readonly silentMs?: number;
  readonly lines?: Lines | undefined;
  readonly onError: (error: Error) => void;
};

/** How long a caller waits for a free connection before it is told that the database is not there. */
const connectionTimeoutMs = 10_000;

/**
 * A server that is gone without a word tells nobody: the system would wait for a quarter of an hour. The owner's statements build
 * indexes and may take their time.
 */
const silentByDefaultMs = { owner: undefined, writer: 60_000, worker: 60_000, reader: 60_000 } as const;

/** Connections of one user, each of which gives up its own rights for those of a role of the service. */
export const rolePool = ({
  url,
  service,
  role,
  size,
  pipeline = false,
  silentMs = silentByDefaultMs[role],
  lines,
  onError,
}: RolePoolOptions): Pool => {
  const path = [service, `${service}_views`].map(escapeIdentifier).join(', ');
  const pool = new Pool({
    connectionString: url,
    ...(lines ? { stream: lines.stream } : {}),
    max: size,
    pipeline,
    types: columnTypes,
    connectionTimeoutMillis: connectionTimeoutMs,
    idleTimeoutMillis: 60_000,
    query_timeout: silentMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: `stockproof ${service} ${role}`,
    onConnect: async (client) => {
      await client.query(
        `set role ${escapeIdentifier(`${service}_${role}`)}; set search_path to ${path}; set timezone to 'UTC'; set datestyle to 'ISO'`,
      );
    },
  });
  // An idle connection that breaks is only replaced; without a listener it would end the process.
  pool.on('error', onError);
  // So would one that is in use: the pool looks after idle ones only. Whoever uses it hears of it by what he asks next.
  pool.on('connect', (client) => void client.on('error', () => undefined));
  return pool;
};
