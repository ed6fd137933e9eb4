import type { JsonObject } from '@stockproof/decider';
import { plusMs, type Instant } from '@stockproof/vocabulary';
import type { HeldRun, HeldTimer, JobStore, Lease, ScheduleOptions, Slots } from './job-store';
import type { JobStatus, Timer } from './jobs';

type Leased = {
  kind: string;
  fence: number;
  leasedUntil: Instant | null;
  failures: number;
  lastError: string | null;
  lastRunAt: Instant | null;
  nextAt: Instant | null;
};
type TimerRow = Leased & { timer: Timer };
type ScheduleRow = Leased & {
  subject: string;
  options: ScheduleOptions;
  cursor: JsonObject | null;
  wanted: boolean;
  lastSuccessAt: Instant | null;
  done: number;
  of: number | null;
};

const claim = <Row extends Leased>(rows: Iterable<Row>, slots: readonly Slots[], { now, until }: Lease): readonly Row[] => {
  const free = (row: Row): boolean => row.leasedUntil === null || row.leasedUntil <= now;
  const due = [...rows]
    .filter((row) => row.nextAt !== null && row.nextAt <= now && free(row))
    .sort((a, b) => (a.nextAt! < b.nextAt! ? -1 : 1));
  const claimed = slots.flatMap((slot) => due.filter(({ kind }) => kind === slot.kind).slice(0, slot.free));
  for (const row of claimed) Object.assign(row, { fence: row.fence + 1, leasedUntil: until, lastRunAt: now });
  return claimed;
};

const unclaimed = { fence: 0, leasedUntil: null, failures: 0, lastError: null, lastRunAt: null };
const failed = (row: Leased, error: string): void =>
  void Object.assign(row, { leasedUntil: null, failures: row.failures + 1, lastError: error });

const nextAfterChange = (row: ScheduleRow, { everyMs, now }: ScheduleOptions & { readonly now: Instant }): Instant | null => {
  if (row.leasedUntil !== null || row.options.everyMs === everyMs) return row.nextAt;
  if (everyMs === null) return null;
  const [next, period] = [row.nextAt ?? now, plusMs(now, everyMs)];
  return next < period ? next : period;
};
const nextAfterSuccess = (row: ScheduleRow, at: Instant): Instant | null => {
  if (row.wanted) return at;
  if (row.options.everyMs === null) return null;
  const next = plusMs(row.lastRunAt ?? at, row.options.everyMs);
  return next < at ? at : next;
};

const statusOf = (row: ScheduleRow): JobStatus => ({
  kind: row.kind,
  subject: row.subject,
  lastRunAt: row.lastRunAt,
  lastSuccessAt: row.lastSuccessAt,
  nextRunAt: row.nextAt,
  failures: row.failures,
  lastError: row.lastError,
  done: row.done,
  of: row.of,
});
const statusOfTimer = (row: TimerRow): JobStatus => ({
  kind: row.kind,
  subject: row.timer.id,
  lastRunAt: row.lastRunAt,
  lastSuccessAt: null,
  nextRunAt: row.nextAt,
  failures: row.failures,
  lastError: row.lastError,
  done: 0,
  of: null,
});

type Named = Pick<JobStatus, 'kind' | 'subject'>;

const keyOf = (kind: string, subject: string): string => JSON.stringify([kind, subject]);

const isBefore = (a: Named, b: Named): boolean => (a.kind === b.kind ? a.subject < b.subject : a.kind < b.kind);

type HeldRows = { readonly timer: (held: HeldTimer) => TimerRow | undefined; readonly run: (held: HeldRun) => ScheduleRow | undefined };
type TimerWork = Pick<JobStore, 'putTimer' | 'removeTimer' | 'claimTimers' | 'timerDone' | 'timerFailed'>;
type ScheduleWork = Pick<JobStore, 'putSchedule' | 'removeSchedule' | 'runSoon' | 'claimRuns' | 'runDone' | 'runFailed' | 'progress'>;

const timerWork = (timers: Map<string, TimerRow>, heldTimer: HeldRows['timer']): TimerWork => ({
  putTimer: async (timer) => {
    // The fence goes on counting: whoever is running the replaced timer must not delete this one.
    timers.set(timer.id, { ...unclaimed, fence: (timers.get(timer.id)?.fence ?? 0) + 1, kind: timer.kind, timer, nextAt: timer.dueAt });
  },
  removeTimer: async (id) => void timers.delete(id),
  claimTimers: async (slots, lease) =>
    claim(timers.values(), slots, lease).map(({ timer, failures, fence }) => ({ timer, failures, fence })),
  timerDone: async (held) => void (heldTimer(held) && timers.delete(held.timer.id)),
  timerFailed: async (held, { error, retryAt }) => {
    const row = heldTimer(held);
    if (row) failed(Object.assign(row, { nextAt: retryAt }), error);
  },
});

const newSchedule = (kind: string, subject: string, options: ScheduleRow['options'], now: Instant): ScheduleRow => ({
  ...unclaimed,
  kind,
  subject,
  options,
  cursor: null,
  wanted: false,
  lastSuccessAt: null,
  done: 0,
  of: null,
  nextAt: options.everyMs === null ? null : now,
});

const scheduleWork = (schedules: Map<string, ScheduleRow>, heldRun: HeldRows['run']): ScheduleWork => ({
  putSchedule: async (kind, subject, { now, ...options }) => {
    const row = schedules.get(keyOf(kind, subject));
    if (row) Object.assign(row, { nextAt: nextAfterChange(row, { ...options, now }), options });
    else schedules.set(keyOf(kind, subject), newSchedule(kind, subject, options, now));
  },
  removeSchedule: async (kind, subject) => void schedules.delete(keyOf(kind, subject)),
  runSoon: async (kind, subject, { now, accountId, patient }) => {
    const row = schedules.get(keyOf(kind, subject));
    if (!row || (accountId !== null && row.options.accountId !== accountId)) return false;
    if (row.leasedUntil !== null) row.wanted = true;
    else if (!(patient && row.failures > 0 && row.options.everyMs !== null)) row.nextAt = now;
    return true;
  },
  claimRuns: async (slots, lease) =>
    claim(schedules.values(), slots, lease).map((row) => {
      Object.assign(row, { wanted: false, done: 0, of: null });
      return {
        kind: row.kind,
        subject: row.subject,
        cursor: row.cursor,
        payload: row.options.payload,
        failures: row.failures,
        fence: row.fence,
      };
    }),
  runDone: async (held, { cursor, at }) => {
    const row = heldRun(held);
    if (row)
      Object.assign(row, {
        cursor,
        lastSuccessAt: at,
        failures: 0,
        lastError: null,
        leasedUntil: null,
        nextAt: nextAfterSuccess(row, at),
        wanted: false,
      });
  },
  runFailed: async (held, { error, at, retryAt }) => {
    const row = heldRun(held);
    if (!row) return;
    const again = row.wanted ? at : null;
    failed(Object.assign(row, { nextAt: row.options.everyMs === null ? again : retryAt, wanted: false }), error);
  },
  progress: async (held, at) => {
    const row = heldRun(held);
    if (row) Object.assign(row, at);
    return row !== undefined;
  },
});

/** Timers and schedules that end with the process. */
export const inMemoryJobStore = (): JobStore => {
  const timers = new Map<string, TimerRow>();
  const schedules = new Map<string, ScheduleRow>();
  const heldTimer = ({ timer, fence }: HeldTimer): TimerRow | undefined => {
    const row = timers.get(timer.id);
    return row?.fence === fence ? row : undefined;
  };
  const heldRun = ({ kind, subject, fence }: HeldRun): ScheduleRow | undefined => {
    const row = schedules.get(keyOf(kind, subject));
    return row?.fence === fence ? row : undefined;
  };

  return {
    ...timerWork(timers, heldTimer),
    ...scheduleWork(schedules, heldRun),
    extend: async (heldTimers, heldRuns, until) => {
      const rows: readonly (Leased | undefined)[] = [...heldTimers.map(heldTimer), ...heldRuns.map(heldRun)];
      for (const row of rows) if (row) row.leasedUntil = until;
    },
    status: async (accountId, { after, limit } = { after: null, limit: 1_000 }) =>
      [
        ...[...schedules.values()].filter((row) => row.options.accountId === accountId).map(statusOf),
        ...[...timers.values()].filter((row) => row.timer.accountId === accountId && row.failures > 0).map(statusOfTimer),
      ]
        .filter((job) => after === null || isBefore(after, job))
        .sort((a, b) => (isBefore(a, b) ? -1 : 1))
        .slice(0, limit),
  };
};
