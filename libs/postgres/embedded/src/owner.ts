import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { EmbeddedPostgresError } from './embedded-postgres-error';
import { isAlive, runningServer, type RunningServer } from './lock-file';
import { eventually } from './eventually';
import type { ServerFolder } from './server-folder';

type Owner = { readonly pid: number; readonly watcher: number };

/** A process that was killed this moment may still be seen for a while. */
const ownerDiesWithinMs = 1_000;

/** How long a watcher may take to stop the server of a process that was killed. */
const watcherStopsWithinMs = 25_000;

export const writeOwner = (files: ServerFolder, watcher: number): void =>
  writeFileSync(files.ownerFile, JSON.stringify({ pid: process.pid, watcher } satisfies Owner));

export const forgetOwner = (files: ServerFolder): void => rmSync(files.ownerFile, { force: true });

/**
 * The server that a killed process left behind and nobody will stop any more: ours to take over. Null when there is none.
 * Throws when the server belongs to a process that lives.
 */
export const abandonedServer = async (files: ServerFolder): Promise<RunningServer | null> => {
  const server = runningServer(files.data);
  if (!server) return null;
  const owner = readOwner(files);
  if (owner && owner.pid !== process.pid && !(await eventually(() => !isAlive(owner.pid), ownerDiesWithinMs))) {
    throw new EmbeddedPostgresError(
      `Another Stockproof (process ${owner.pid}) is running on the data in ${files.folder}. Stop it first, or set STOCKPROOF_DATA_DIR to another folder.`,
    );
  }
  // A living watcher is about to stop the server; who adopted it now would lose it a moment later.
  if ((owner && isAlive(owner.watcher)) || server.stopping)
    await eventually(() => runningServer(files.data) === null, watcherStopsWithinMs);
  return runningServer(files.data);
};

const readOwner = (files: ServerFolder): Owner | null => {
  if (!existsSync(files.ownerFile)) return null;
  try {
    return JSON.parse(readFileSync(files.ownerFile, 'utf8')) as Owner;
  } catch {
    return null; // half written by a killed process
  }
};
