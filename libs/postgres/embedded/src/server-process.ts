import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error';
import { eventually } from './eventually';
import { isAlive, runningServer } from './lock-file';
import type { ServerFolder } from './server-folder';
import { giveTo, spawnedAs } from './server-user';

export const superuser = 'stockproof';

/** The product's database within the server. */
export const databaseName = 'stockproof';

/** The release whose data files this server reads. */
const majorVersion = '18';

const wayOut = (data: string): string => `Put a backup in its place, or start empty: \`mv ${data} ${data}.broken\`.`;

/** Creates the data folder beside its place and moves it there whole: a start that is killed half-way leaves nothing broken. */
export const createDataFolder = (native: string, files: ServerFolder, options: { readonly durable: boolean }): void => {
  if (existsSync(files.data) && readdirSync(files.data).length > 0) return checkDataFolder(files.data);
  const unfinished = `${files.data}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  giveTo(files.user, unfinished);
  const password = randomBytes(24).toString('base64url');
  const passwordForServer = join(unfinished, '..', 'password.new');
  writeFileSync(passwordForServer, password, { mode: 0o600 });
  giveTo(files.user, passwordForServer);
  const init = [
    '-D',
    unfinished,
    '-U',
    superuser,
    '--auth=scram-sha-256',
    `--pwfile=${passwordForServer}`,
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ];
  const done = spawnSync(join(native, 'bin', 'initdb'), options.durable ? init : [...init, '--no-sync'], {
    ...spawnedAs(files.user),
    encoding: 'utf8',
  });
  rmSync(passwordForServer, { force: true });
  if (done.status !== 0)
    throw new EmbeddedPostgresError(
      `Postgres could not create its data folder ${files.data}: ${lastLine(done.stderr) ?? String(done.error)}`,
    );
  writeFileSync(files.passwordFile, password, { mode: 0o600 });
  rmSync(files.data, { recursive: true, force: true });
  renameSync(unfinished, files.data);
};

const checkDataFolder = (data: string): void => {
  const versionFile = join(data, 'PG_VERSION');
  if (!existsSync(versionFile))
    throw new EmbeddedPostgresError(`The data folder ${data} is broken: it is not empty and has no PG_VERSION. ${wayOut(data)}`);
  const version = readFileSync(versionFile, 'utf8').trim();
  if (version !== majorVersion) {
    throw new EmbeddedPostgresError(
      `The data folder ${data} was written by Postgres ${version}; this release of Stockproof brings ${majorVersion}. Start the release that wrote it and dump the data, or start empty: \`mv ${data} ${data}.${version}\`.`,
    );
  }
};

export const passwordOf = (files: ServerFolder): string => {
  if (existsSync(files.passwordFile)) return readFileSync(files.passwordFile, 'utf8').trim();
  throw new EmbeddedPostgresError(`The password file ${files.passwordFile} of the embedded Postgres is missing. ${wayOut(files.data)}`);
};

/** Linux takes 107 bytes for the path of a socket, macOS 103; a longer one makes the server refuse to start. */
const socketFits = (folder: string): boolean => Buffer.byteLength(join(folder, '.s.PGSQL.65535')) <= 103;

const settings = (files: ServerFolder, port: number, more: readonly string[]): readonly string[] =>
  [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${socketFits(files.socket) ? files.socket : ''}`,
    'unix_socket_permissions=0700',
    'shared_buffers=128MB',
    'max_connections=200',
    'jit=off',
    'timezone=UTC',
    'log_timezone=UTC',
    ...more,
  ].flatMap((setting) => ['-c', setting]);

/** A log larger than this starts anew. */
const logLimitBytes = 10_000_000;

/** Starts the server and waits until it takes connections. Answers its process id. */
export const startServer = async (native: string, files: ServerFolder, port: number, more: readonly string[]): Promise<number> => {
  const logged = statSync(files.logFile, { throwIfNoEntry: false })?.size ?? 0;
  const from = logged > logLimitBytes ? 0 : logged;
  const log = openSync(files.logFile, from === 0 ? 'w' : 'a', 0o600);
  // Detached: Ctrl-C goes to the whole foreground group, and the services must finish before their database does.
  const server = spawn(join(native, 'bin', 'postgres'), ['-D', files.data, ...settings(files, port, more)], {
    ...spawnedAs(files.user),
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  let failed = false;
  server.once('exit', () => (failed = true));
  server.once('error', () => (failed = true));
  await eventually(() => failed || runningServer(files.data)?.ready === true, 60_000);
  server.unref();
  if (!failed && server.pid !== undefined) return server.pid;
  throw whyNot(files, readFileSync(files.logFile).subarray(from).toString('utf8'));
};

const whyNot = ({ data, logFile }: ServerFolder, log: string): EmbeddedPostgresError => {
  if (/could not bind|could not create any TCP\/IP sockets/.test(log))
    return new PortTaken('The port of the embedded Postgres was taken by another program.');
  const fatal =
    log
      .split('\n')
      .filter((line) => /\b(FATAL|PANIC):/.test(line))
      .at(-1)
      ?.replace(/^.*?(FATAL|PANIC):\s*/, '') ?? lastLine(log);
  return new EmbeddedPostgresError(
    `The embedded Postgres cannot use the data folder ${data}: ${fatal ?? 'it ended without a word'}. ${wayOut(data)} Its log is ${logFile}.`,
  );
};

export class PortTaken extends EmbeddedPostgresError {}

const lastLine = (text: string): string | undefined => text.trim().split('\n').at(-1);

/** Connections are cut, running transactions rolled back, everything committed is kept. */
export const stopServer = async (pid: number): Promise<void> => {
  signal(pid, 'SIGINT');
  if (await eventually(() => !isAlive(pid), 30_000)) return;
  signal(pid, 'SIGQUIT'); // recovers at the next start
  await eventually(() => !isAlive(pid), 10_000);
};

const signal = (pid: number, name: NodeJS.Signals): void => {
  if (isAlive(pid)) process.kill(pid, name);
};

/** The port of last time if it is free, so that what a user wrote down stays true. */
export const choosePort = async (files: ServerFolder): Promise<number> => {
  const kept = existsSync(files.portFile) ? Number(readFileSync(files.portFile, 'utf8')) : 0;
  const port = (await takePort(kept)) ?? (await takePort(0)) ?? 0;
  writeFileSync(files.portFile, `${port}\n`);
  return port;
};

const takePort = (port: number): Promise<number | null> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(null));
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : null));
    });
  });
