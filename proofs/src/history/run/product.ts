import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Targets } from './asking';
import { pause } from './until';

const dist = join(__dirname, '..', '..', '..', '..');

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
  const running: (Running | null)[] = apps.map(() => null);
  /** What is under way at each process: it is killed again only once it is back. */
  const comingBack = apps.map(() => Promise.resolve());
  let stopping = false;
  let kills = 0;
  const startAt = async (index: number): Promise<void> => {
    const app = apps[index] as App;
    const own = { port: ports[index * 2] as number, adminPort: ports[index * 2 + 1] as number };
    running[index] = await startApp({ ...options, ...secrets, ...own, app, log: join(options.folder, `product-${index}.log`) });
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

type Running = { readonly child: ChildProcess; readonly ended: Promise<unknown> };
type Start = Options & {
  readonly app: App;
  readonly port: number;
  readonly adminPort: number;
  readonly key: string;
  readonly adminPassword: string;
  readonly log: string;
};

const programOf = ({ app, fault }: Start): readonly string[] =>
  fault === null ? [join(dist, 'apps', app, 'src', 'main.js')] : [join(__dirname, '..', 'broken', 'main.js'), app, fault];

const startApp = async (start: Start): Promise<Running> => {
  const log = createWriteStream(start.log, { flags: 'a' });
  const child = spawn(process.execPath, ['--enable-source-maps', ...programOf(start)], {
    env: {
      PATH: process.env['PATH'] ?? '',
      DATABASE_URL: start.databaseUrl,
      STOCKPROOF_DATA_DIR: start.folder,
      STOCKPROOF_HOST: '127.0.0.1',
      STOCKPROOF_PORT: String(start.port),
      STOCKPROOF_ADMIN_PORT: String(start.adminPort),
      STOCKPROOF_KEY: start.key,
      STOCKPROOF_ADMIN_PASSWORD: start.adminPassword,
      STOCKPROOF_LOG_LEVEL: 'warn',
    },
    // A process that we leave behind ends by itself: it watches the channel.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  const ended = new Promise((resolve) => child.once('exit', resolve)).finally(() => log.end());
  const ready = new Promise<'ready'>((resolve) => child.once('message', () => resolve('ready')));
  if ((await Promise.race([ready, ended])) !== 'ready') throw new Error(`${start.app} did not start; what it said is in ${start.log}.`);
  return { child, ended };
};

const end = async (running: Running | null, signal: NodeJS.Signals): Promise<void> => {
  running?.child.kill(signal);
  await running?.ended;
};

const freePorts = async (count: number): Promise<readonly number[]> => {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => new Promise((resolve) => server.once('listening', resolve))));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
};
