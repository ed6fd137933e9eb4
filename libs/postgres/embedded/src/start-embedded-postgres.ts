import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { Client } from 'pg';
import { findBinaries, usableBinaries, type Platform } from './binaries';
import { removeDeadLock } from './lock-file';
import { abandonedServer, forgetOwner, writeOwner } from './owner';
import { serverFolder, type ServerFolder } from './server-folder';
import { choosePort, createDataFolder, databaseName, passwordOf, PortTaken, startServer, stopServer, superuser } from './server-process';
import { watch } from './watcher';

export type EmbeddedPostgres = {
  readonly url: string;
  /** Where the data are: below `dataDir`, unless the server's user cannot enter that. */
  readonly location: string;
  readonly stop: () => Promise<void>;
};

export type EmbeddedPostgresOptions = {
  /** The product's own data folder, `.stockproof`. */
  readonly dataDir: string;
  readonly log: (message: string) => void;
  readonly platform?: Platform;
  /** Where data go that the server's user cannot reach in `dataDir`. */
  readonly outsideFolder?: string;
};

/**
 * Starts Postgres from the binaries that npm brought, with data that outlive the process; a server that a killed process left is
 * taken over. It stops with this process, even when that is killed. Throws `EmbeddedPostgresError`.
 */
export const startEmbeddedPostgres = async ({
  dataDir,
  log,
  platform,
  outsideFolder,
}: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> => {
  const binaries = findBinaries(platform);
  const files = serverFolder(dataDir, outsideFolder);
  if (!files.folder.startsWith(resolve(dataDir))) log(`the server's user cannot enter ${dataDir}: the data are in ${files.folder}`);
  const abandoned = await abandonedServer(files);
  const native = usableBinaries(binaries, files.user, files.folder);
  createDataFolder(native, files, { durable: true });
  if (abandoned) log(`taking over the Postgres server (process ${abandoned.pid}) that a killed process left running`);
  const { pid, port } = abandoned ?? (await startOnFreePort(native, files));
  const watcher = watch(pid, files.data, files.user);
  writeOwner(files, watcher.pid ?? 0);
  const url = await databaseUrl(files, port);
  return {
    url,
    location: files.folder,
    stop: async () => {
      await stopServer(pid);
      forgetOwner(files);
      watcher.stdin?.end();
    },
  };
};

/** Another program may take the port between our look and the server's: then another one is chosen, three times at most. */
const startOnFreePort = async (native: string, files: ServerFolder, attempt = 1): Promise<{ pid: number; port: number }> => {
  removeDeadLock(files);
  const port = await choosePort(files);
  try {
    return { pid: await startServer(native, files, port, []), port };
  } catch (error) {
    if (!(error instanceof PortTaken) || attempt === 3) throw error;
    rmSync(files.portFile, { force: true });
    return startOnFreePort(native, files, attempt + 1);
  }
};

const databaseUrl = async (files: ServerFolder, port: number): Promise<string> => {
  const server = `postgres://${superuser}:${passwordOf(files)}@127.0.0.1:${port}`;
  const client = new Client({ connectionString: `${server}/postgres` });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [databaseName]);
    if (found.rowCount === 0) await client.query(`create database ${databaseName}`);
  } finally {
    await client.end();
  }
  return `${server}/${databaseName}`;
};
