import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@stockproof/service-host/testing';
import { asPrepared } from './prepared-installation';
import { startProduct, untilReady, type ProductProcess } from './product-process';

export type App = 'all-in-one' | 'services-launcher';

/** The product in a data folder of its own below a folder that only its owner may enter: started, killed and started again. */
export type Installation = {
  readonly base: string;
  readonly dataDir: string;
  /** What it was told beyond where it lives: an operator's commands are told the same. */
  readonly environment: Readonly<Record<string, string>>;
  readonly start: (app: App) => Promise<ProductProcess>;
  /** `kill -9`: nothing is finished, nothing is said. */
  readonly kill: () => Promise<void>;
  /** The database dies first, without a word, and the product right after it. */
  readonly killWithDatabase: () => Promise<void>;
  /** As Ctrl-C does: everything in hand is finished. */
  readonly stop: () => Promise<void>;
  /** Where the database of this installation answers, for tests that count what lies in the streams. */
  readonly databaseUrl: () => string;
  /** Where the database keeps its files. */
  readonly serverFolder: () => string;
  readonly adminPassword: () => string;
  readonly remove: () => Promise<void>;
};

export const newInstallation = async (environment: Record<string, string> = {}): Promise<Installation> => {
  const folder = mkdtempSync(join(tmpdir(), 'stockproof-e2e-'));
  const dataDir = join(folder, '.stockproof');
  asPrepared(dataDir, environment);
  const port = await freePort(12);
  let product: ProductProcess | null = null;
  const serverFolder = (): string => {
    const moved = join(dataDir, 'postgres.location');
    return existsSync(moved) ? readFileSync(moved, 'utf8').trim() : join(dataDir, 'postgres');
  };
  const read = (name: string): string => readFileSync(join(serverFolder(), name), 'utf8').trim();
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    product?.child.kill(signal);
    await product?.ended;
    product = null;
  };
  return {
    base: `http://127.0.0.1:${port}`,
    dataDir,
    environment,
    start: async (app) => {
      product = startProduct(app, {
        STOCKPROOF_DATA_DIR: dataDir,
        STOCKPROOF_PORT: String(port),
        STOCKPROOF_ADMIN_PORT: String(port + 6),
        ...environment,
      });
      await untilReady(product);
      return product;
    },
    kill: () => end('SIGKILL'),
    killWithDatabase: async () => {
      process.kill(Number(readFileSync(join(serverFolder(), 'data', 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
      await end('SIGKILL');
    },
    stop: () => end('SIGTERM'),
    databaseUrl: () => `postgres://stockproof:${read('password')}@127.0.0.1:${read('port')}/stockproof`,
    serverFolder,
    adminPassword: () => readFileSync(join(dataDir, 'admin-password'), 'utf8').trim(),
    remove: async () => {
      await end('SIGTERM');
      rmSync(serverFolder(), { recursive: true, force: true });
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
