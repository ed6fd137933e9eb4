import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@stockproof/postgres-embedded';
import { Client } from 'pg';
import { pause, until } from '../../clients/until';
import type { Address } from './relay';

/** A Postgres of this run alone, as durable as the product's own. */
export type RunDatabase = {
  /** Past all relays. */
  readonly url: () => string;
  readonly address: () => Address;
  /** The address that somebody is given who reaches it by way of a relay. */
  readonly urlBy: (relay: Address) => string;
  /** An immediate shutdown (SIGQUIT): all connections are cut and nothing is finished; the start recovers from the log. */
  readonly restartImmediate: (awayMs: number) => Promise<void>;
  /** Asks past all relays. */
  readonly ask: <T>(work: (client: Client) => Promise<T>) => Promise<T>;
  readonly stop: () => Promise<void>;
};

export const startRunDatabase = async (folder: string): Promise<RunDatabase> => {
  const start = (): Promise<EmbeddedPostgres> => startEmbeddedPostgres({ dataDir: folder, log: () => undefined });
  let running = await start();
  const urlBy = ({ host, port }: Address): string => {
    const url = new URL(running.url);
    url.host = `${host}:${port}`;
    return url.href;
  };
  return {
    url: () => running.url,
    address: () => ({ host: '127.0.0.1', port: Number(new URL(running.url).port) }),
    urlBy,
    restartImmediate: async (awayMs) => {
      const pid = Number(readFileSync(join(running.location, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
      process.kill(pid, 'SIGQUIT');
      await until(
        async () => isThere(pid),
        (there) => !there,
      );
      await pause(awayMs);
      running = await start();
    },
    ask: async (work) => {
      const client = new Client({ connectionString: running.url });
      await client.connect();
      try {
        return await work(client);
      } finally {
        await client.end();
      }
    },
    stop: () => running.stop(),
  };
};

/** It is a child of ours: once it has ended it is not there any more. */
const isThere = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
