import { plusMs, type Clock } from '@stockproof/vocabulary';
import type { HeldRun, HeldTimer, JobStore } from './job-store';
import type { Jobs, ScheduledWork, Timer } from './jobs';
import { runScheduled, runTimer, textOf, type JobEnded, type JobLog } from './running-jobs';
import { workInHand } from './work-in-hand';

export type JobRunnerOptions = {
  readonly store: JobStore;
  readonly clock: Clock;
  readonly log: JobLog;
  /** How many timers, and how many schedules, of one kind run at the same time in this process. */
  readonly atOncePerKind?: number;
  /** A holder that has not been heard of for so long is taken for dead. Default 15 s: what a killed process had in hand waits so long. */
  readonly leaseMs?: number;
  /** Between 0 and 1: spreads retries. */
  readonly random?: () => number;
  /** Told of every run that ended, for whoever counts. */
  readonly onRun?: JobEnded;
};

/** There is no such schedule to run. */
export class UnknownJob extends Error {
  override readonly name = 'UnknownJob';
}

export type JobRunner = {
  readonly jobs: Jobs;
  /** Starts what is due, as far as slots are free; answers how many were started. */
  readonly claim: () => Promise<number>;
  /** Resolves when nothing that was started is running any more. */
  readonly settled: () => Promise<void>;
  /** Nobody waits for what still runs, nor hears how it ends; answers its kinds. */
  readonly abandon: () => readonly string[];
  /** Tells the store that this process still holds what it runs. */
  readonly heartbeat: () => Promise<void>;
  /** Called whenever there may be something to claim at once. */
  readonly onWork: (listener: () => void) => void;
};

type Handlers = { readonly timers: Map<string, (timer: Timer) => Promise<void>>; readonly schedules: Map<string, ScheduledWork> };

const register = <Handler>(handlers: Map<string, Handler>, kind: string, handler: Handler): void => {
  if (handlers.has(kind)) throw new Error(`There is a handler for ${kind} already`);
  handlers.set(kind, handler);
};

const jobsOn = ({ store, clock }: JobRunnerOptions, handlers: Handlers, tellAboutWork: () => void): Jobs => ({
  setTimer: async (timer) => {
    await store.putTimer(timer);
    if (timer.dueAt <= clock.now()) tellAboutWork();
  },
  cancelTimer: store.removeTimer,
  onTimer: (kind, handler) => register(handlers.timers, kind, handler),
  schedule: async (kind, subject, schedule) => {
    await store.putSchedule(kind, subject, { ...schedule, now: clock.now() });
    tellAboutWork();
  },
  unschedule: store.removeSchedule,
  runNow: (kind, subject, accountId) => runAgain({ store, clock, tellAboutWork }, { kind, subject, accountId, patient: false }),
  runSoon: (kind, subject, accountId) => runAgain({ store, clock, tellAboutWork }, { kind, subject, accountId, patient: true }),
  onSchedule: (work) => register(handlers.schedules, work.kind, work),
  status: store.status,
});

type Again = { readonly kind: string; readonly subject: string; readonly accountId: string | undefined; readonly patient: boolean };

const runAgain = async (
  { store, clock, tellAboutWork }: Pick<JobRunnerOptions, 'store' | 'clock'> & { readonly tellAboutWork: () => void },
  { kind, subject, accountId, patient }: Again,
): Promise<void> => {
  if (!(await store.runSoon(kind, subject, { now: clock.now(), accountId: accountId ?? null, patient })))
    throw new UnknownJob(`There is no schedule ${kind} of ${subject}`);
  tellAboutWork();
};

/** Runs what the store hands out: the same for every store. */
export const jobRunner = (options: JobRunnerOptions): JobRunner => {
  const { store, clock, atOncePerKind = 4, leaseMs = 15_000, random = Math.random, onRun = () => undefined } = options;
  let isAbandoned = false;
  const log: JobLog = {
    warn: (...said) => (isAbandoned ? undefined : options.log.warn(...said)),
    error: (...said) => (isAbandoned ? undefined : options.log.error(...said)),
  };
  const running = { store, clock, log, random, onRun };
  const handlers: Handlers = { timers: new Map(), schedules: new Map() };
  let listener = (): void => undefined;
  const limits = {
    atOncePerKind,
    onEnd: () => listener(),
    onUnwritten: (kind: string, error: unknown) => log.error({ kind, error: textOf(error) }, 'The outcome of a job could not be written'),
  };
  const timers = workInHand<HeldTimer>(limits);
  const runs = workInHand<HeldRun>(limits);
  const until = () => plusMs(clock.now(), leaseMs);

  const claimTimers = async (): Promise<number> => {
    const slots = timers.free(handlers.timers.keys());
    const due = slots.length > 0 ? await store.claimTimers(slots, { now: clock.now(), until: until() }) : [];
    for (const held of due) timers.begin(held.timer.kind, held, () => runTimer(held, handlers.timers.get(held.timer.kind)!, running));
    return due.length;
  };
  const claimRuns = async (): Promise<number> => {
    const slots = runs.free(handlers.schedules.keys());
    const due = slots.length > 0 ? await store.claimRuns(slots, { now: clock.now(), until: until() }) : [];
    for (const held of due) runs.begin(held.kind, held, () => runScheduled(held, handlers.schedules.get(held.kind)!, running));
    return due.length;
  };
  return {
    jobs: jobsOn(options, handlers, () => listener()),
    claim: async () => (await claimTimers()) + (await claimRuns()),
    settled: async () => {
      await Promise.all([timers.settled(), runs.settled()]);
    },
    abandon: () => {
      isAbandoned = true;
      return [...new Set([...timers.held().map(({ timer }) => timer.kind), ...runs.held().map(({ kind }) => kind)])];
    },
    heartbeat: async () => {
      if (timers.held().length + runs.held().length > 0) await store.extend(timers.held(), runs.held(), until());
    },
    onWork: (heard) => void (listener = heard),
  };
};
