import { plusMs, type Clock } from '@stockproof/vocabulary';
import type { Failure, HeldRun, HeldTimer, JobStore } from './job-store';
import type { ScheduledWork, Timer } from './jobs';
import { retryWaitMs } from './retry-wait';

/** Where failures are told. */
export type JobLog = {
  readonly warn: (details: object, message: string) => void;
  readonly error: (details: object, message: string) => void;
};

/** Somebody else took the work over, because this process was silent for longer than the lease: stop working on it. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/** Told of every run that ended; `kind` is the job's. */
export type JobEnded = (kind: string, outcome: 'done' | 'failed') => void;

export type RunningOptions = {
  readonly store: JobStore;
  readonly clock: Clock;
  readonly log: JobLog;
  readonly random: () => number;
  readonly onRun: JobEnded;
};

/** Enough of an error to be shown beside a job. */
export const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 500);

const failureAfter = (failures: number, error: unknown, { clock, random }: RunningOptions): Failure => {
  const at = clock.now();
  return { error: textOf(error), at, retryAt: plusMs(at, retryWaitMs(failures + 1, random())) };
};

/** Calls the handler and reports how it went. */
export const runTimer = async (held: HeldTimer, handler: (timer: Timer) => Promise<void>, options: RunningOptions): Promise<void> => {
  const { store, log, onRun } = options;
  try {
    await handler(held.timer);
  } catch (error) {
    onRun(held.timer.kind, 'failed');
    const failure = failureAfter(held.failures, error, options);
    log.warn({ timer: held.timer.id, kind: held.timer.kind, failures: held.failures + 1, ...failure }, 'A timer failed and is tried again');
    return store.timerFailed(held, failure);
  }
  onRun(held.timer.kind, 'done');
  return store.timerDone(held);
};

/** Runs the work from its cursor; the new cursor counts only if nobody took the work over meanwhile. */
export const runScheduled = async (held: HeldRun, work: ScheduledWork, options: RunningOptions): Promise<void> => {
  const { store, clock, log, onRun } = options;
  const { kind, subject, cursor, payload } = held;
  const progress = async (done: number, of: number | null): Promise<void> => {
    if (!(await store.progress(held, { done, of }))) throw new LeaseLost(`${kind} of ${subject} is run by somebody else`);
  };
  try {
    const result = await work.run({ subject, cursor, payload, progress });
    await store.runDone(held, { cursor: result.cursor, at: clock.now() });
    onRun(kind, 'done');
  } catch (error) {
    onRun(kind, 'failed');
    const failure = failureAfter(held.failures, error, options);
    log.warn({ kind, subject, failures: held.failures + 1, ...failure }, 'A scheduled run failed');
    await store.runFailed(held, failure);
  }
};
