import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';

const dist = join(__dirname, '..', '..', '..');

/** One process of the product. */
export type AppProcess = { readonly child: ChildProcess; readonly ended: Promise<unknown> };

export type AppStart = {
  /** The built program and its words. */
  readonly program: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** What it says is added to this file. */
  readonly log: string;
  /** What the program is started by, as `ip netns exec NAME`; it must become the program. */
  readonly inside?: readonly string[];
};

export const programOf = (app: string): readonly string[] => [join(dist, 'apps', app, 'src', 'main.js')];

/** Where it finds programs, and what was compiled already. */
const inherited = () => Object.fromEntries(['PATH', 'NODE_COMPILE_CACHE'].map((name) => [name, process.env[name] ?? '']));

/** Starts it and waits until it says that it is ready. */
export const startApp = async (start: AppStart): Promise<AppProcess> => {
  const launched = launchApp(start);
  await launched.ready;
  return launched;
};

/** Starts it; `ready` rejects where it ends before it says so. */
export const launchApp = ({ program, environment, log, inside = [] }: AppStart): AppProcess & { readonly ready: Promise<void> } => {
  const said = createWriteStream(log, { flags: 'a' });
  const [command, ...words] = [...inside, process.execPath, '--enable-source-maps', ...program];
  const child = spawn(command as string, words, {
    env: { ...inherited(), STOCKPROOF_LOG_LEVEL: 'warn', ...environment },
    // A process that we leave behind ends by itself: it watches the channel.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  child.stdout?.pipe(said, { end: false });
  child.stderr?.pipe(said, { end: false });
  const ended = new Promise((resolve) => child.once('exit', resolve)).finally(() => said.end());
  const ready = Promise.race([new Promise<'ready'>((resolve) => child.once('message', () => resolve('ready'))), ended]).then((first) => {
    if (first !== 'ready') throw new Error(`${program.join(' ')} did not start; what it said is in ${log}.`);
  });
  return { child, ended, ready };
};

export const end = async (running: AppProcess | null, signal: NodeJS.Signals): Promise<void> => {
  running?.child.kill(signal);
  await running?.ended;
};
