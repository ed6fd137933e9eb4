import { spawnSync } from 'node:child_process';
import { chownSync, readFileSync, statSync } from 'node:fs';

/** Who runs the server. `null`: whoever runs us, since Postgres refuses only root. */
export type ServerUser = { readonly uid: number; readonly gid: number } | null;

/** Root must hand the server to somebody else: to whom existing data belong, else `postgres`, else `nobody`. */
export const serverUserFor = (dataFolder: string): ServerUser => {
  if (process.getuid?.() !== 0) return null;
  const owner = statSync(dataFolder, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const entry = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody');
  return entry ? { uid: Number(entry[2]), gid: Number(entry[3]) } : { uid: 65534, gid: 65534 };
};

/** Options for a child process in that user's name. Its working folder is one that everybody may enter. */
export const spawnedAs = (user: ServerUser): { cwd: string; uid?: number; gid?: number } => ({ cwd: '/', ...user });

export const giveTo = (user: ServerUser, path: string): void => {
  if (user) chownSync(path, user.uid, user.gid);
};

/** Asks the system itself: modes and access lists of every folder above count. */
export const mayEnter = (user: ServerUser, folder: string): boolean =>
  spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...spawnedAs(user), stdio: 'ignore' }).status === 0;

export const mayRun = (user: ServerUser, program: string): boolean =>
  spawnSync(program, ['--version'], { ...spawnedAs(user), stdio: 'ignore' }).status === 0;
