import { columnTypes, isTransient, type Lines } from '@stockproof/postgres-connection';
import { Client, escapeIdentifier, Pool, type ClientConfig, type QueryConfig, type QueryResult, type QueryResultRow } from 'pg';

export type PostgresEventStoreOptions = {
  readonly url: string;
  /** The service's schema, where the migrations ran. */
  readonly schema: string;
  /** Everything is done in this role; default: the login's own. */
  readonly role?: string;
  readonly log?: Log;
  /** Subscriptions look for what nobody told them this often. Default 750. */
  readonly pollMs?: number;
  /** An append or a read whose connection was lost is tried again for this long. Default 30,000. */
  readonly giveUpAfterMs?: number;
  /** A connection on which a statement was not answered for so long counts as lost. Default 15,000. */
  readonly silentMs?: number;
  /** Nothing is tried again once they are cut. Default: lines that nobody cuts. */
  readonly lines?: Lines;
};

export type Log = { readonly warn: (details: object, message: string) => void };

/**
 * A server that is gone without a word, or a network that has forgotten a connection, tells nobody: the system would wait for a quarter
 * of an hour for the answer to a statement, and for two hours for news on an idle connection.
 */
export const clientConfig = ({ url, schema, lines, silentMs = 15_000 }: PostgresEventStoreOptions): ClientConfig => ({
  connectionString: url,
  ...(lines ? { stream: lines.stream } : {}),
  types: columnTypes,
  connectionTimeoutMillis: 5_000,
  query_timeout: silentMs,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  application_name: `stockproof ${schema} events`,
});

/**
 * Plans are kept for a connection's life, and the first are made for empty tables. All statements here are look-ups by index, and stay
 * right as the tables grow when the planner knows nothing else.
 */
const plansForLogs =
  'set plan_cache_mode to force_generic_plan; set enable_seqscan to off; set enable_hashjoin to off; set enable_mergejoin to off';

/** The role, the schema, and UTC, which the parser of times relies on. */
export const prepare = async (client: Pick<Client, 'query'>, { schema, role }: PostgresEventStoreOptions): Promise<void> => {
  const asRole = role === undefined ? '' : `set role ${escapeIdentifier(role)};`;
  await client.query(
    `${asRole} set search_path to ${escapeIdentifier(schema)}; set timezone to 'UTC'; set datestyle to 'ISO'; ${plansForLogs}`,
  );
};

/** A pool whose idle connections may die without harm. */
export const poolOf = (options: PostgresEventStoreOptions, max: number): Pool => {
  const pool = new Pool({ ...clientConfig(options), max, idleTimeoutMillis: 0, onConnect: (client) => prepare(client, options) });
  pool.on('error', (error) => options.log?.warn({ error: error.message }, 'an idle connection to the event store was lost'));
  return pool;
};

/** One connection, made when first needed and anew after it was lost. */
export type LastingConnection = {
  /** Sent at once, whatever is still under way. */
  readonly query: <R extends QueryResultRow>(query: QueryConfig) => Promise<QueryResult<R>>;
  readonly end: () => Promise<void>;
};

export const lastingConnection = (options: PostgresEventStoreOptions): LastingConnection => {
  let current: Promise<Client> | null = null;

  const connect = (): Promise<Client> => {
    const client = new Client({ ...clientConfig(options), pipeline: true });
    const connecting = client.connect().then(async () => {
      await prepare(client, options);
      return client;
    });
    const lost = () => {
      if (current === connecting) current = null;
    };
    client.on('error', lost);
    client.on('end', lost);
    connecting.catch(lost);
    return connecting;
  };

  return {
    query: async (query) => (await (current ??= connect())).query(query),
    end: async () => {
      const client = await current?.catch(() => null);
      await client?.end();
    },
  };
};

/** Repeats work that may be done twice until its connection holds. */
export const untilConnected = async <T>(
  work: () => Promise<T>,
  { log, lines, giveUpAfterMs = 30_000 }: PostgresEventStoreOptions,
): Promise<T> => {
  const deadline = performance.now() + giveUpAfterMs;
  for (let waitMs = 20; ; waitMs = Math.min(waitMs * 2, 1_000)) {
    try {
      return await work();
    } catch (error) {
      if (!isTransient(error) || lines?.areCut() || performance.now() + waitMs > deadline) throw error;
      log?.warn({ error: String(error) }, 'the event store could not be reached; trying again');
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
};
