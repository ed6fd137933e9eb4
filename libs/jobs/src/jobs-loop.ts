import { textOf, type JobLog } from './running-jobs';
import type { JobRunner } from './job-runner';

export type LoopOptions = {
  readonly log: JobLog;
  /** How often due work is looked for when nothing tells of it. */
  readonly pollMs: number;
  readonly heartbeatMs: number;
  /** How long stopping waits for running work; what takes longer is run again after its lease. */
  readonly drainMs: number;
};

/** Looks for due work again and again, one look at a time, until stopped. */
export const jobsLoop = (
  runner: JobRunner,
  { log, pollMs, heartbeatMs, drainMs }: LoopOptions,
): { readonly start: () => void; readonly stop: () => Promise<void> } => {
  let looking: Promise<void> | null = null;
  let again = false;
  let timers: readonly NodeJS.Timeout[] = [];
  const warn = (message: string) => (error: unknown) => log.warn({ error: textOf(error) }, message);

  const look = async (): Promise<void> => {
    do {
      again = false;
      await runner.claim().catch(warn('Due jobs could not be looked up'));
    } while (again && timers.length > 0);
  };
  const wake = (): void => {
    if (timers.length === 0) return;
    again = true;
    looking ??= look().finally(() => {
      looking = null;
    });
  };
  return {
    start: () => {
      if (timers.length > 0) return;
      timers = [
        setInterval(wake, pollMs),
        setInterval(() => void runner.heartbeat().catch(warn('Leases of running jobs could not be extended')), heartbeatMs),
      ];
      runner.onWork(wake);
      wake();
    },
    stop: async () => {
      const [poll, heartbeat] = timers;
      timers = [];
      clearInterval(poll);
      await looking;
      let limit: NodeJS.Timeout | undefined;
      await Promise.race([runner.settled(), new Promise<void>((resolve) => (limit = setTimeout(resolve, drainMs)))]);
      clearTimeout(limit);
      clearInterval(heartbeat);
    },
  };
};
