import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { giveTo, mayEnter, serverUserFor, type ServerUser } from './server-user';

/** Everything of one embedded server lies in one folder, whose data belong to the user that runs it. */
export type ServerFolder = {
  readonly folder: string;
  readonly data: string;
  readonly socket: string;
  readonly logFile: string;
  readonly portFile: string;
  readonly passwordFile: string;
  readonly ownerFile: string;
  readonly user: ServerUser;
};

/** Where data go when the server's user cannot reach the project. */
export const outsideFolder = '/var/lib/stockproof';

const filesOf = (folder: string): ServerFolder => ({
  folder,
  data: join(folder, 'data'),
  socket: join(folder, 'socket'),
  logFile: join(folder, 'postgres.log'),
  portFile: join(folder, 'port'),
  passwordFile: join(folder, 'password'),
  ownerFile: join(folder, 'owner.json'),
  user: serverUserFor(join(folder, 'data')),
});

/**
 * The server's folder: `<dataDir>/postgres`, or outside the project where the server's user (never root) may not enter it, as
 * below `/root`. `<dataDir>/postgres.location` then names it, so that the same data are found again.
 */
export const serverFolder = (dataDir: string, outside = outsideFolder): ServerFolder => {
  const root = resolve(dataDir);
  if (!existsSync(root)) makeFolder(root);
  const inside = join(root, 'postgres');
  const locationFile = join(root, 'postgres.location');
  const known = existsSync(locationFile) ? readFileSync(locationFile, 'utf8').trim() : null;
  if (known && belongsTo(known, root)) return opened(known);
  makeFolder(inside);
  const files = filesOf(inside);
  if (mayEnter(files.user, inside)) return opened(inside);
  const moved = join(outside, createHash('sha256').update(root).digest('hex').slice(0, 16));
  makeFolder(outside);
  makeFolder(moved);
  writeFileSync(join(moved, 'project'), `${root}\n`);
  writeFileSync(locationFile, `${moved}\n`);
  return opened(moved);
};

/** A copied project must not share the data of its original; one that was moved takes them along. */
const belongsTo = (folder: string, root: string): boolean => {
  const projectFile = join(folder, 'project');
  if (!existsSync(projectFile)) return false;
  const project = readFileSync(projectFile, 'utf8').trim();
  if (project !== root && existsSync(join(project, 'postgres.location'))) return false;
  writeFileSync(projectFile, `${root}\n`);
  return true;
};

const opened = (folder: string): ServerFolder => {
  const files = filesOf(folder);
  mkdirSync(files.socket, { recursive: true });
  giveTo(files.user, files.socket);
  chmodSync(files.socket, 0o700);
  return files;
};

/** The process's umask may be tighter, and then the server's user could not enter. */
const makeFolder = (folder: string): void => {
  const made = mkdirSync(folder, { recursive: true });
  if (made) chmodSync(folder, 0o755);
};
