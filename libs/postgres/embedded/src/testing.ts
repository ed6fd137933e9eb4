import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { findBinaries, usableBinaries } from './binaries';
import { EmbeddedPostgresError } from './embedded-postgres-error';
import { isAlive, removeDeadLock, runningServer } from './lock-file';
import { serverFolder } from './server-folder';
import { choosePort, createDataFolder, passwordOf, startServer, superuser } from './server-process';

export { copyServer, neverWaitForTheDisk, removeServer } from './copied-server';
export { losingConnections, type LosingConnections } from './losing-connections';

/** A fresh, empty database; `stop` drops it. */
export type TestPostgres = { readonly url: string; readonly stop: () => Promise<void> };

/** One test server for all Jest processes of this work tree: it lives as long as one of them does. */
const home = join(
  tmpdir(),
  `stockproof-tests-${process.getuid?.() ?? 0}-${createHash('sha256').update(__dirname).digest('hex').slice(0, 12)}`,
);
const clients = join(home, 'clients');
const lock = join(home, 'lock');

/** Tests give their data away, so nothing waits for the disk; many workers share the server. */
const forTests = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'max_connections=500',
  'wal_level=minimal',
  'max_wal_senders=0',
];

let databases = 0;

/** A fresh empty database on a server that all test processes share and that ends with the last of them, killed or not. */
export const testPostgres = async (): Promise<TestPostgres> => {
  mkdirSync(clients, { recursive: true });
  chmodSync(home, 0o755);
  const server = await locked(livingServer);
  // Not the process id alone: each spec file of a worker counts from 1 again.
  const name = `t_${process.pid}_${Date.now().toString(36)}_${++databases}_${Math.random().toString(36).slice(2, 6)}`;
  await onServer(server, `create database ${name} template template0 strategy file_copy`);
  return { url: `${server}/${name}`, stop: () => onServer(server, `drop database if exists ${name} with (force)`) };
};

const onServer = async (server: string, statement: string): Promise<void> => {
  const client = new Client({ connectionString: `${server}/postgres` });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
};

const livingServer = async (): Promise<string> => {
  writeFileSync(join(clients, String(process.pid)), '');
  const files = serverFolder(home);
  const running = runningServer(files.data);
  if (running?.ready) return serverUrl(passwordOf(files), running.port);
  const native = usableBinaries(findBinaries(), files.user, files.folder);
  try {
    createDataFolder(native, files, { durable: false });
    removeDeadLock(files);
    const port = await choosePort(files);
    watchClients(await startServer(native, files, port, forTests));
    const url = serverUrl(passwordOf(files), port);
    await dropLeftovers(url);
    return url;
  } catch (error) {
    // Without fsync a crash of the machine breaks the folder; there is nothing in it to keep.
    if (error instanceof EmbeddedPostgresError) rmSync(files.data, { recursive: true, force: true });
    throw error;
  }
};

const serverUrl = (password: string, port: number): string => `postgres://${superuser}:${password}@127.0.0.1:${port}`;

const dropLeftovers = async (server: string): Promise<void> => {
  const client = new Client({ connectionString: `${server}/postgres` });
  await client.connect();
  const { rows } = await client.query<{ datname: string }>("select datname from pg_database where datname like 't\\_%'");
  for (const { datname } of rows) await client.query(`drop database if exists ${datname} with (force)`);
  const left = await client.query<{ rolname: string }>("select rolname from pg_roles where rolname !~ '^pg_' and rolname <> $1", [
    superuser,
  ]);
  for (const { rolname } of left.rows) await client.query(`drop role if exists "${rolname}"`).catch(() => undefined);
  await client.end();
};

/** Looks twice a second whether any test process is left; takes the same lock, so that nobody arrives in between. */
const watchScript = `
while :; do
  sleep 0.5
  mkdir "$1/lock" 2>/dev/null || continue
  echo $$ > "$1/lock/pid"
  alive=
  for file in "$1"/clients/*; do
    client=\${file##*/}
    if kill -0 "$client" 2>/dev/null; then alive=1; else rm -f "$file"; fi
  done
  if [ -z "$alive" ]; then kill -INT "$2"; while kill -0 "$2" 2>/dev/null; do sleep 0.05; done; rm -rf "$1/lock"; exit 0; fi
  kill -0 "$2" 2>/dev/null || { rm -rf "$1/lock"; exit 0; }
  rm -rf "$1/lock"
done
`;

const watchClients = (server: number): void =>
  spawn('/bin/sh', ['-c', watchScript, 'stockproof-test-postgres-watcher', home, String(server)], {
    cwd: '/',
    detached: true,
    stdio: 'ignore',
  }).unref();

/** One process at a time; the lock of a dead one does not count. */
const locked = async <T>(work: () => Promise<T>): Promise<T> => {
  const deadline = performance.now() + 60_000;
  while (!takeLock()) {
    if (performance.now() > deadline)
      throw new EmbeddedPostgresError(`The lock ${lock} of the test server is held for a minute. Remove it.`);
    await delay(15);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
};

const takeLock = (): boolean => {
  try {
    mkdirSync(lock);
    writeFileSync(join(lock, 'pid'), String(process.pid));
    return true;
  } catch {
    const pid = existsSync(join(lock, 'pid')) ? Number(readPid()) : process.pid;
    if (pid !== 0 && !isAlive(pid)) rmSync(lock, { recursive: true, force: true });
    return false;
  }
};

const readPid = (): string => {
  try {
    return readFileSync(join(lock, 'pid'), 'utf8').trim();
  } catch {
    return '0'; // given back in the meantime
  }
};
