import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { freePorts } from '@stockproof/service-host/testing';
import type { Targets } from '../../clients/asking';
import { pause } from '../../clients/until';
import { end, programOf, startApp, type AppProcess } from '../../processes/app-process';

/** A fault that a broken twin of the product has; `null`: the product as it is. */
export type Fault = 'store' | 'refusal' | null;

/** The processes of the product: what each of them is, where it answers. */
export type Product = {
  readonly targets: Targets;
  readonly doors: readonly string[];
  readonly adminPassword: string;
  /** `kill -9`, then away for so long, then started again; resolves once it is ready again. */
  readonly kill: (process: number, awayMs: number) => Promise<void>;
  readonly kills: () => number;
  readonly stop: () => Promise<void>;
};

type App = 'all-in-one' | 'sales' | 'stock';
/** Sales and stock run three times each: whatever is shared is shared by many. */
const apps: readonly App[] = ['all-in-one', 'all-in-one', 'sales', 'stock'];
export const processCount = apps.length;

type Options = { readonly databaseUrl: string; readonly folder: string; readonly fault: Fault };

export const startProduct = async (options: Options): Promise<Product> => {
  const secrets = { key: randomBytes(32).toString('hex'), adminPassword: randomBytes(18).toString('base64url') };
  const ports = await freePorts(apps.length * 2);
  const running: (AppProcess | null)[] = apps.map(() => null);
  /** What is under way at each process: it is killed again only once it is back. */
  const comingBack = apps.map(() => Promise.resolve());
  let stopping = false;
  let kills = 0;
  const startAt = async (index: number): Promise<void> => {
    const app = apps[index] as App;
    running[index] = await startApp({
      program: options.fault === null ? programOf(app) : [join(__dirname, '..', '..', 'broken', 'main.js'), app, options.fault],
      log: join(options.folder, `product-${index}.log`),
      environment: {
        DATABASE_URL: options.databaseUrl,
        STOCKPROOF_DATA_DIR: options.folder,
        STOCKPROOF_HOST: '127.0.0.1',
        STOCKPROOF_PORT: String(ports[index * 2]),
        STOCKPROOF_ADMIN_PORT: String(ports[index * 2 + 1]),
        STOCKPROOF_KEY: secrets.key,
        STOCKPROOF_ADMIN_PASSWORD: secrets.adminPassword,
      },
    });
  };
  // The first brings the database up to date; the others find it so.
  await startAt(0);
  await Promise.all(apps.slice(1).map((_, index) => startAt(index + 1)));
  const addressOf = (index: number) => ({ of: index, base: `http://127.0.0.1:${ports[index * 2]}` });
  const having = (...kinds: readonly App[]) => apps.flatMap((app, index) => (kinds.includes(app) ? [addressOf(index)] : []));
  const back = async (index: number, awayMs: number): Promise<void> => {
    if (stopping) return;
    kills += 1;
    await end(running[index] ?? null, 'SIGKILL');
    await pause(awayMs);
    if (!stopping) await startAt(index);
  };
  return {
    targets: { sales: having('all-in-one', 'sales'), stock: having('all-in-one', 'stock'), purchasing: having('all-in-one') },
    doors: having('all-in-one').map(({ base }) => base),
    adminPassword: secrets.adminPassword,
    kill: (index, awayMs) => {
      const coming = (comingBack[index] ?? Promise.resolve()).then(() => back(index, awayMs));
      comingBack[index] = coming;
      return coming;
    },
    kills: () => kills,
    stop: async () => {
      stopping = true;
      await Promise.allSettled(comingBack);
      await Promise.all(running.map((each) => end(each, 'SIGKILL')));
    },
  };
};
