import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What `postmaster.pid` says about the server of a data folder. */
export type RunningServer = { readonly pid: number; readonly port: number; readonly ready: boolean; readonly stopping: boolean };

const lockFileOf = (data: string): string => join(data, 'postmaster.pid');

/** A server that is just stopping takes its lock away at any moment, also between two looks at it. */
const lockText = (data: string): string | null => {
  try {
    return readFileSync(lockFileOf(data), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
};

/** The living server of this data folder, or null. */
export const runningServer = (data: string): RunningServer | null => {
  const lock = lockText(data);
  if (lock === null) return null;
  const [pid, , , port, , , , status] = lock.split('\n');
  const server = { pid: Number(pid), port: Number(port), ready: status?.trim() === 'ready', stopping: status?.trim() === 'stopping' };
  return isAlive(server.pid) && isServerOf(server.pid, data) ? server : null;
};

/** A lock whose process is proven to be gone, or to be some other program that was given the number since, only stands in the way. */
export const removeDeadLock = ({ data, socket }: { readonly data: string; readonly socket: string }): void => {
  if (runningServer(data)) return;
  rmSync(lockFileOf(data), { force: true });
  // The socket has a lock of its own, with the same number; nobody but this server ever used its folder.
  for (const name of readdirSync(socket)) if (name.startsWith('.s.PGSQL.')) rmSync(join(socket, name), { force: true });
};

export const isAlive = (pid: number): boolean => {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Ended, but its parent has not asked for its exit code: in containers without an init it never will. */
const isZombie = (pid: number): boolean => {
  if (process.platform !== 'linux') return false;
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true; // gone in the meantime
  }
};

const isServerOf = (pid: number, data: string): boolean => {
  const command = commandOf(pid);
  return command.includes('postgres') && command.includes(data);
};

const commandOf = (pid: number): string => {
  if (process.platform !== 'linux') return spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ''; // gone in the meantime
  }
};
