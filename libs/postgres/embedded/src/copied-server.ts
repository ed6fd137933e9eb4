import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { serverFolder } from './server-folder';

/** As somebody who gives the data away with the machine: a server that is killed loses nothing by it, a machine that stops does. */
export const neverWaitForTheDisk = (dataDir: string): void =>
  appendFileSync(join(serverFolder(dataDir).data, 'postgresql.conf'), 'fsync = off\nfull_page_writes = off\n');

/** Lays the data of a stopped server below another data folder that has none yet, whose server starts as if they were its own. */
export const copyServer = (from: string, to: string): void => {
  const [source, target] = [serverFolder(from), serverFolder(to)];
  // They stay with the user that runs servers, which no copy of Node's sees to.
  const { status, stderr } = spawnSync('cp', ['-a', source.data, target.data], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the server's data could not be copied: ${stderr}`);
  cpSync(source.passwordFile, target.passwordFile);
};

export const removeServer = (dataDir: string): void => rmSync(serverFolder(dataDir).folder, { recursive: true, force: true });
