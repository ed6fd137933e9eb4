import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { copyServer, neverWaitForTheDisk, removeServer } from '@stockproof/postgres-embedded/testing';
import { freePort } from '@stockproof/service-host/testing';
import { startProduct, untilReady } from './product-process';

/** Where the data folder lies that the installations of a run begin with; not set where each begins with nothing. */
const variable = 'STOCKPROOF_TEST_PREPARED';

const secrets = ['key', 'admin-password'] as const;

/** What an installation is told that a prepared one was not: another database, or secrets of its own. */
const ownWorld = ['DATABASE_URL', 'STOCKPROOF_KEY', 'STOCKPROOF_ADMIN_PASSWORD'];

/** Once for the whole run: an installation that was started and stopped again, with all that a first start makes. */
export const prepareInstallation = async (): Promise<void> => {
  const dataDir = join(mkdtempSync(join(tmpdir(), 'stockproof-prepared-')), '.stockproof');
  const port = await freePort(12);
  const product = startProduct('all-in-one', {
    STOCKPROOF_DATA_DIR: dataDir,
    STOCKPROOF_PORT: String(port),
    STOCKPROOF_ADMIN_PORT: String(port + 6),
  });
  await untilReady(product);
  product.child.kill('SIGTERM');
  await product.ended;
  neverWaitForTheDisk(dataDir);
  process.env[variable] = dataDir;
};

/** A data folder becomes a copy of the prepared one, where there is one: a first start is what other tests are about. */
export const asPrepared = (dataDir: string, environment: Readonly<Record<string, string>>): void => {
  const prepared = process.env[variable] ?? '';
  if (prepared === '' || ownWorld.some((name) => name in environment)) return;
  mkdirSync(dataDir);
  for (const name of secrets) cpSync(join(prepared, name), join(dataDir, name));
  copyServer(prepared, dataDir);
};

export const forgetPreparedInstallation = (): void => {
  const prepared = process.env[variable] ?? '';
  if (prepared === '') return;
  removeServer(prepared);
  rmSync(dirname(prepared), { recursive: true, force: true });
};
