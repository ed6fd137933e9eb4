import type { JsonObject } from '@stockproof/decider';
import type { Instant } from '@stockproof/vocabulary';

/** A one-time timer that survives restarts: due at its time or, if nobody was there, as soon as somebody is. */
export type Timer = {
  readonly id: string;
  readonly kind: string;
  readonly dueAt: Instant;
  readonly accountId: string | null;
  readonly payload: JsonObject;
};

/** Work that comes back on a period, per subject (a channel, an account): never twice at once for one, its cursor moves only on success. */
export type ScheduledWork = {
  readonly kind: string;
  readonly run: (job: {
    readonly subject: string;
    readonly cursor: JsonObject | null;
    readonly payload: JsonObject;
    readonly progress: (done: number, of: number | null) => Promise<void>;
  }) => Promise<{ readonly cursor: JsonObject | null }>;
};

export type JobStatus = {
  readonly kind: string;
  readonly subject: string;
  readonly lastRunAt: Instant | null;
  readonly lastSuccessAt: Instant | null;
  readonly nextRunAt: Instant | null;
  readonly failures: number;
  readonly lastError: string | null;
  readonly done: number;
  readonly of: number | null;
};

/** A part of the list of jobs. */
export type StatusPage = { readonly after: { readonly kind: string; readonly subject: string } | null; readonly limit: number };

export type Jobs = {
  /** Setting a timer again under its id replaces it. */
  readonly setTimer: (timer: Timer) => Promise<void>;
  readonly cancelTimer: (id: string) => Promise<void>;
  /** Called at least once when due; a failure is tried again with growing waits. */
  readonly onTimer: (kind: string, handler: (timer: Timer) => Promise<void>) => void;
  /** Creates or changes a schedule. `everyMs` null: by hand only. */
  readonly schedule: (
    kind: string,
    subject: string,
    options: { readonly accountId: string | null; readonly everyMs: number | null; readonly payload: JsonObject },
  ) => Promise<void>;
  readonly unschedule: (kind: string, subject: string) => Promise<void>;
  /** Due at once. `UnknownJob` where there is no such schedule, or not in the account named. */
  readonly runNow: (kind: string, subject: string, accountId?: string) => Promise<void>;
  /**
   * Something happened that it should look at: due at once, except where it waits after a failure. Otherwise whatever happens while
   * the other side is away would be a further failure, and the wait would grow to its longest within seconds.
   */
  readonly runSoon: (kind: string, subject: string, accountId?: string) => Promise<void>;
  readonly onSchedule: (work: ScheduledWork) => void;
  /** Schedules and failing timers of an account by kind and subject; at most `limit` (1,000) of them, from behind `after`. */
  readonly status: (accountId: string, page?: StatusPage) => Promise<readonly JobStatus[]>;
};
