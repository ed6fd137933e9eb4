import { spawn, type ChildProcess } from 'node:child_process';
import { basename, dirname, join } from 'node:path';

/** Three folders up is the checkout for a test, and what was built for a program of its own. */
const above = join(__dirname, '..', '..', '..');
const root = basename(above) === 'dist' ? dirname(above) : above;

/** Programs that are no apps. */
const elsewhere: Readonly<Record<string, string>> = {
  buyers: join('e2e', 'src', 'testing', 'buyers.js'),
  demo: join('demo', 'src', 'main.js'),
  'kafka-member': join('e2e', 'src', 'testing', 'kafka-member.js'),
};

/** The product as its users run it: a process of its own, built, told everything by its environment. */
export type ProductProcess = {
  readonly child: ChildProcess;
  /** What it has printed so far. */
  readonly output: () => string;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
};

export const startProduct = (app: 'all-in-one' | 'services-launcher', environment: Record<string, string>): ProductProcess =>
  startProgram(app, environment);

/** What every program is told: where it finds others, and what was compiled already. */
const everywhere = Object.fromEntries(['PATH', 'NODE_COMPILE_CACHE'].map((name) => [name, process.env[name] ?? '']));

/** Any of the built programs – an app, or a client of these tests – told nothing but this environment and these words. */
export const startProgram = (program: string, environment: Record<string, string>, words: readonly string[] = []): ProductProcess => {
  const file = join(root, 'dist', elsewhere[program] ?? join('apps', program, 'src', 'main.js'));
  const child = spawn(process.execPath, ['--enable-source-maps', file, ...words], {
    cwd: root,
    env: { ...everywhere, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) =>
    child.once('exit', (code, signal) => resolve({ code, signal })),
  );
  return { child, output: () => output, ended };
};

/** Waits for the line that says so; throws what was printed instead. */
export const untilReady = async (product: ProductProcess): Promise<void> => {
  const { child, output, ended } = product;
  let over: string | null = null;
  void ended.then(({ code, signal }) => (over = `ended with ${signal ?? code}`));
  await untilTrue(
    () => over !== null || /^Stockproof is ready$/m.test(output()),
    120_000,
    () => `not ready: ${output()}`,
  );
  if (over !== null) throw new Error(`process ${child.pid} ${over} before it was ready:\n${output()}`);
};

/** Asks often until the probe says yes; says what it last saw when the time is over. */
export const untilTrue = async (
  probe: () => boolean | Promise<boolean>,
  withinMs: number,
  lastSeen: () => string,
  betweenMs = 20,
): Promise<void> => {
  const deadline = performance.now() + withinMs;
  while (!(await probe())) {
    if (performance.now() > deadline) throw new Error(lastSeen());
    await new Promise((resolve) => setTimeout(resolve, betweenMs));
  }
};
