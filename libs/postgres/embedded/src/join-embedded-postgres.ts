import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { runningServer } from './lock-file';
import { serverFolder } from './server-folder';
import { databaseName, passwordOf, superuser } from './server-process';

/** The server that another living process runs on this data folder; whoever joins it must not stop it. */
export type JoinedPostgres = { readonly url: string; readonly location: string };

/** Finds the server of a data folder without starting, taking over or making anything; `null` where none answers there now. */
export const joinEmbeddedPostgres = (dataDir: string, outsideFolder?: string): JoinedPostgres | null => {
  if (!existsSync(resolve(dataDir))) return null;
  const files = serverFolder(dataDir, outsideFolder);
  const server = runningServer(files.data);
  if (server === null || !server.ready) return null;
  return {
    url: `postgres://${superuser}:${passwordOf(files)}@127.0.0.1:${server.port}/${databaseName}`,
    location: files.folder,
  };
};
