import type { JsonObject } from '@stockproof/decider';
import type { Instant } from '@stockproof/vocabulary';
import type { JobStatus, StatusPage, Timer } from './jobs';

/** How many more of a kind this process can run. */
export type Slots = { readonly kind: string; readonly free: number };

/** From when to when a claim holds. After `until` anybody may take the work over. */
export type Lease = { readonly now: Instant; readonly until: Instant };

/** Work in somebody's hands. Every claim raises the fence, so what an earlier holder reports no longer counts. */
export type HeldTimer = { readonly timer: Timer; readonly failures: number; readonly fence: number };
export type HeldRun = {
  readonly kind: string;
  readonly subject: string;
  readonly cursor: JsonObject | null;
  readonly payload: JsonObject;
  readonly failures: number;
  readonly fence: number;
};

export type ScheduleOptions = { readonly accountId: string | null; readonly everyMs: number | null; readonly payload: JsonObject };
export type Failure = { readonly error: string; readonly at: Instant; readonly retryAt: Instant };

/** Timers, schedules and their leases. Reports of a holder whose fence was overtaken change nothing. */
export type JobStore = {
  readonly putTimer: (timer: Timer) => Promise<void>;
  readonly removeTimer: (id: string) => Promise<void>;
  readonly claimTimers: (slots: readonly Slots[], lease: Lease) => Promise<readonly HeldTimer[]>;
  readonly timerDone: (held: HeldTimer) => Promise<void>;
  readonly timerFailed: (held: HeldTimer, failure: Failure) => Promise<void>;

  readonly putSchedule: (kind: string, subject: string, options: ScheduleOptions & { readonly now: Instant }) => Promise<void>;
  readonly removeSchedule: (kind: string, subject: string) => Promise<void>;
  /**
   * Due now, or once more right after the run in progress; what has a period of its own waits, after a failed one, as after any
   * failure. `patient`: the same holds for a failure before. False when there is no such schedule, or not of the account where
   * one is named.
   */
  readonly runSoon: (
    kind: string,
    subject: string,
    options: { readonly now: Instant; readonly accountId: string | null; readonly patient: boolean },
  ) => Promise<boolean>;
  readonly claimRuns: (slots: readonly Slots[], lease: Lease) => Promise<readonly HeldRun[]>;
  readonly runDone: (held: HeldRun, result: { readonly cursor: JsonObject | null; readonly at: Instant }) => Promise<void>;
  readonly runFailed: (held: HeldRun, failure: Failure) => Promise<void>;
  /** False when the run belongs to somebody else by now. */
  readonly progress: (held: HeldRun, at: { readonly done: number; readonly of: number | null }) => Promise<boolean>;

  readonly extend: (timers: readonly HeldTimer[], runs: readonly HeldRun[], until: Instant) => Promise<void>;
  readonly status: (accountId: string, page?: StatusPage) => Promise<readonly JobStatus[]>;
};
