import { join } from 'node:path';
import { sql, type Database } from '@stockproof/sql';
import type { Clock } from '@stockproof/vocabulary';
import { jobRunner, type JobRunnerOptions } from './job-runner';
import type { JobStore } from './job-store';
import { jobsLoop } from './jobs-loop';
import type { Jobs, JobStatus, StatusPage } from './jobs';
import { postgresSchedules } from './postgres-schedules';
import { postgresTimers } from './postgres-timers';
import type { JobLog } from './running-jobs';

/** Folder with the SQL migrations of `job_timers` and `job_schedules`, run in the source schema. */
export const jobsMigrations = join(__dirname, '..', 'migrations');

const status = `
  select * from (
    select kind, subject, last_run_at as "lastRunAt", last_success_at as "lastSuccessAt", next_run_at as "nextRunAt", failures, last_error as "lastError", done, "of"
    from job_schedules where account_id = $1
    union all
    select kind, id, last_run_at, null, next_try_at, failures, last_error, 0, null from job_timers where account_id = $1 and failures > 0
  ) as jobs
  where $2::text is null or (kind, subject) > ($2::text, $3::text)
  order by kind, subject limit $4`;

const extend = `
  with timers as (
    update job_timers as t set leased_until = $1 from unnest($2::text[], $3::bigint[]) as held (id, fence) where t.id = held.id and t.fence = held.fence
  )
  update job_schedules as s set leased_until = $1 from unnest($4::text[], $5::text[], $6::bigint[]) as held (kind, subject, fence)
  where s.kind = held.kind and s.subject = held.subject and s.fence = held.fence`;

const everything: StatusPage = { after: null, limit: 1_000 };

export const postgresJobStore = (database: Database): JobStore => ({
  ...postgresTimers(database),
  ...postgresSchedules(database),
  extend: async (timers, runs, until) => {
    const heldTimers = [timers.map(({ timer }) => timer.id), timers.map(({ fence }) => fence)];
    const heldRuns = [runs.map(({ kind }) => kind), runs.map(({ subject }) => subject), runs.map(({ fence }) => fence)];
    await database.query(sql(extend, until, ...heldTimers, ...heldRuns));
  },
  status: (accountId, { after, limit } = everything) =>
    database.query<JobStatus>(sql(status, accountId, after?.kind ?? null, after?.subject ?? null, limit)),
});

export type PostgresJobsOptions = Omit<JobRunnerOptions, 'store'> & {
  readonly database: Database;
  readonly log: JobLog;
  readonly clock: Clock;
  /** How often due work is looked for. Default 1 s. */
  readonly pollMs?: number;
  /** How long `stop` waits for running work. Default 10 s. */
  readonly drainMs?: number;
  /** How long it then waits for the outcome of work whose calls were cut off. Default 2 s. */
  readonly outcomeMs?: number;
  /** Cuts off what running work asks of the world outside; it takes longer than `drainMs`. */
  readonly hangUp?: () => void;
};

export type RunningJobs = Jobs & {
  readonly start: () => void;
  /** Takes nothing new and waits for what runs; what takes too long is run again elsewhere after its lease. */
  readonly stop: () => Promise<void>;
};

/**
 * Durable timers and schedules in Postgres, shared by all processes of a service. Work is held by a lease with a fence, extended
 * while it runs. A holder that was silent for longer than the lease may still be working while another runs the work again: its
 * cursor and outcome no longer count, its `progress` throws `LeaseLost`, and what it does outside must be repeatable.
 */
export const postgresJobs = (options: PostgresJobsOptions): RunningJobs => {
  const { database, log, pollMs = 1_000, drainMs = 10_000, outcomeMs = 2_000, leaseMs = 15_000, hangUp = () => undefined } = options;
  const runner = jobRunner({ ...options, store: postgresJobStore(database) });
  return { ...runner.jobs, ...jobsLoop(runner, { log, pollMs, drainMs, outcomeMs, hangUp, heartbeatMs: leaseMs / 3 }) };
};
