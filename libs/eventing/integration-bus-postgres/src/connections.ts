import { Client, escapeIdentifier, Pool, type ClientConfig, type QueryResultRow } from 'pg';
import type { Lines } from '@stockproof/postgres-connection';

export type Connections = {
  readonly query: <Row extends QueryResultRow>(name: string, text: string, values: readonly unknown[]) => Promise<readonly Row[]>;
  readonly connectListener: () => Promise<Client>;
  readonly close: () => Promise<void>;
};

/** Publishing, reading and saying that we live must not wait for each other. */
const poolSize = 3;

/** A connection on which a statement was not answered for so long counts as lost: a server that is gone without a word tells nobody. */
export const silentByDefaultMs = 15_000;

export type ConnectionsOptions = {
  readonly url: string;
  readonly role?: string | undefined;
  readonly silentMs?: number | undefined;
  readonly lines?: Lines | undefined;
};

/** The bus's own connections: a few for statements, and one apart for listening, as whichever role was named. */
export const connections = (
  { url, role, silentMs = silentByDefaultMs, lines }: ConnectionsOptions,
  onError: (error: unknown) => void,
): Connections => {
  const config: ClientConfig = {
    connectionString: url,
    ...(lines ? { stream: lines.stream } : {}),
    application_name: `stockproof bus ${role ?? ''}`.trim(),
    query_timeout: silentMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  };
  const assume = async (client: { readonly query: (text: string) => Promise<unknown> }) => {
    if (role !== undefined) await client.query(`set role ${escapeIdentifier(role)}`);
  };
  const pool = new Pool({ ...config, max: poolSize, connectionTimeoutMillis: 10_000, onConnect: assume });
  pool.on('error', onError);
  return {
    query: async <Row extends QueryResultRow>(name: string, text: string, values: readonly unknown[]) =>
      (await pool.query<Row>({ name: `bus_${name}`, text, values: [...values] })).rows,
    connectListener: async () => {
      const client = new Client(config);
      client.on('error', onError);
      await client.connect();
      await assume(client);
      // What it sends are wake-ups: a lost one costs the time of a poll, so it need not wait for the disk.
      await client.query('set synchronous_commit = off');
      return client;
    },
    close: () => pool.end(),
  };
};
