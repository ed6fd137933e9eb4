import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { freePorts } from '@stockproof/service-host/testing';
import { testPostgres } from '@stockproof/postgres-embedded/testing';
import { startProgram, untilReady, type ProductProcess } from './product-process';
import type { Told } from './told-to-stop/judging';

/** One of several processes of the product on the same database. */
export type Instance = {
  readonly base: string;
  readonly admin: string;
  /** Resolves when it is ready. */
  readonly start: () => Promise<void>;
  /** Resolves with its exit code when it has ended. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
  /** SIGTERM, and what came of it. */
  readonly tellToStop: (who: string) => Promise<Told>;
};

type Home = {
  readonly databaseUrl: string;
  readonly adminPassword: () => string;
  /** Another process that runs this program. Not started yet. */
  readonly instanceOf: (program: string, told?: Readonly<Record<string, string>>) => Instance;
  readonly remove: () => Promise<void>;
};

export type Instances = Omit<Home, 'instanceOf'> & { readonly each: readonly [Instance, Instance] };

/** Two processes that hold all services each: every service runs twice. Not started yet. */
export const twoInstances = async (): Promise<Instances> => {
  const { instanceOf, ...home } = await homeOfInstances(2);
  return { ...home, each: [instanceOf('all-in-one'), instanceOf('all-in-one')] };
};

/** A database, a folder and ports for so many processes. */
export const homeOfInstances = async (count: number): Promise<Home> => {
  const postgres = await testPostgres();
  const folder = mkdtempSync(join(tmpdir(), 'stockproof-e2e-'));
  const ports = (await freePorts(2 * count)).values();
  const adminPassword = randomBytes(18).toString('base64url');
  const shared = {
    DATABASE_URL: postgres.url,
    STOCKPROOF_DATA_DIR: folder,
    STOCKPROOF_KEY: randomBytes(32).toString('hex'),
    STOCKPROOF_ADMIN_PASSWORD: adminPassword,
    STOCKPROOF_HOST: '127.0.0.1',
    STOCKPROOF_LOG_LEVEL: 'warn',
  };
  const all: Instance[] = [];
  return {
    databaseUrl: postgres.url,
    adminPassword: () => adminPassword,
    instanceOf: (program, told = {}) => {
      const [port, adminPort] = [ports.next().value, ports.next().value];
      const environment = { ...shared, ...told, STOCKPROOF_PORT: String(port), STOCKPROOF_ADMIN_PORT: String(adminPort) };
      const instance = { base: `http://127.0.0.1:${port}`, admin: `http://127.0.0.1:${adminPort}`, ...runs(program, environment) };
      all.push(instance);
      return instance;
    },
    remove: async () => {
      await Promise.all(all.map(({ end }) => end('SIGKILL')));
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const runs = (program: string, environment: Record<string, string>): Pick<Instance, 'start' | 'end' | 'tellToStop'> => {
  let last: ProductProcess | null = null;
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    last?.child.kill(signal);
    return (await last?.ended)?.code ?? null;
  };
  return {
    start: async () => {
      last = startProgram(program, environment);
      await untilReady(last);
    },
    end,
    tellToStop: async (who) => {
      const began = performance.now();
      const code = await end('SIGTERM');
      return { who, code, ms: performance.now() - began, printed: code === 0 ? '' : (last?.output() ?? '') };
    },
  };
};
