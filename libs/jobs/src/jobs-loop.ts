import { textOf, type JobLog } from './running-jobs';
import type { JobRunner } from './job-runner';

export type LoopOptions = {
  readonly log: JobLog;
  /** How often due work is looked for when nothing tells of it. */
  readonly pollMs: number;
  readonly heartbeatMs: number;
  /** How long stopping waits for running work, and, once nobody outside is waited for, for its outcome. */
  readonly drainMs: number;
  readonly outcomeMs: number;
  /** Called where running work takes longer than that: ends what it waits for outside. */
  readonly hangUp: () => void;
};

/** Looks for due work again and again, one look at a time, until stopped. */
export const jobsLoop = (
  runner: JobRunner,
  { log, pollMs, heartbeatMs, drainMs, outcomeMs, hangUp }: LoopOptions,
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
  const settledWithin = async (ms: number): Promise<boolean> => {
    let limit: NodeJS.Timeout | undefined;
    const late = new Promise<false>((resolve) => (limit = setTimeout(() => resolve(false), ms)));
    const settled = await Promise.race([runner.settled().then(() => true), late]);
    clearTimeout(limit);
    return settled;
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
      if (!(await settledWithin(drainMs))) {
        hangUp();
        if (!(await settledWithin(outcomeMs)))
          log.warn({ kinds: runner.abandon() }, 'Jobs did not end: they are run again after their lease');
      }
      clearInterval(heartbeat);
    },
  };
};
