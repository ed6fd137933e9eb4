import { spawn, type ChildProcess } from 'node:child_process';
import { StartupError } from '@stockproof/service-host';
import type { LaunchedService } from './launched-services';

export type ChildService = {
  readonly service: LaunchedService;
  readonly pid: number | undefined;
  /** Says why it ended, for whatever reason. */
  readonly ended: Promise<string>;
  /** Throws where it could not finish what it had in hand. */
  readonly stop: () => Promise<void>;
};

/** How long a service may take to finish what it has in hand. */
const stopWithinMs = 29_000;

/** Starts a service and waits until it says that it is ready. It ends with us: it watches the channel between us. */
export const startChild = async (service: LaunchedService, environment: NodeJS.ProcessEnv): Promise<ChildService> => {
  const child = spawn(process.execPath, ['--enable-source-maps', service.program], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: environment,
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal === null ? `exit code ${code}` : `signal ${signal}`));
  });
  const ready = new Promise<'ready'>((resolve) => child.once('message', () => resolve('ready')));
  const first = await Promise.race([ready, ended]);
  if (first !== 'ready') throw new StartupError(`The service ${service.name} could not start (${first}); what it said stands above.`);
  return { service, pid: child.pid, ended, stop: () => stopChild(service, child, ended) };
};

const stopChild = async ({ name }: LaunchedService, child: ChildProcess, ended: Promise<string>): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const limit = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
  const why = await ended;
  clearTimeout(limit);
  if (why !== 'exit code 0') throw new Error(`${name} did not end in order (${why})`);
};
