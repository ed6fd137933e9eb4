import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { freePort } from '@stockproof/service-host/testing';
import { testPostgres } from '@stockproof/postgres-embedded/testing';
import { startProgram, untilReady, type ProductProcess } from './product-process';

/** One of several processes of the product on the same database. */
export type Instance = {
  readonly base: string;
  readonly admin: string;
  /** Resolves when it is ready. */
  readonly start: () => Promise<void>;
  /** Resolves with its exit code when it has ended. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
};

export type Instances = {
  readonly each: readonly [Instance, Instance];
  readonly databaseUrl: string;
  readonly adminPassword: () => string;
  readonly remove: () => Promise<void>;
};

/** Two processes that hold all services each: every service runs twice. Not started yet. */
export const twoInstances = async (): Promise<Instances> => {
  const postgres = await testPostgres();
  const folder = mkdtempSync(join(tmpdir(), 'stockproof-e2e-'));
  const port = await freePort(4);
  const adminPassword = randomBytes(18).toString('base64url');
  const shared = {
    DATABASE_URL: postgres.url,
    STOCKPROOF_DATA_DIR: folder,
    STOCKPROOF_KEY: randomBytes(32).toString('hex'),
    STOCKPROOF_ADMIN_PASSWORD: adminPassword,
    STOCKPROOF_HOST: '127.0.0.1',
    STOCKPROOF_LOG_LEVEL: 'warn',
  };
  const each = [instanceAt(port, shared), instanceAt(port + 2, shared)] as const;
  return {
    each,
    databaseUrl: postgres.url,
    adminPassword: () => adminPassword,
    remove: async () => {
      await Promise.all(each.map(({ end }) => end('SIGKILL')));
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const instanceAt = (port: number, shared: Record<string, string>): Instance => {
  let product: ProductProcess | null = null;
  return {
    base: `http://127.0.0.1:${port}`,
    admin: `http://127.0.0.1:${port + 1}`,
    start: async () => {
      product = startProgram('all-in-one', { ...shared, STOCKPROOF_PORT: String(port), STOCKPROOF_ADMIN_PORT: String(port + 1) });
      await untilReady(product);
    },
    end: async (signal) => {
      product?.child.kill(signal);
      const code = (await product?.ended)?.code ?? null;
      product = null;
      return code;
    },
  };
};
