import { sql, type Queryable } from '@stockproof/sql';
import type { Instant } from '@stockproof/vocabulary';

/** What a service runs by itself, all accounts together, by kind. */
export type JobsOfKind = {
  readonly kind: string;
  readonly jobs: number;
  /** The latest run of any of them; timers that succeeded are gone and not counted. */
  readonly lastRunAt: Instant | null;
  readonly nextRunAt: Instant | null;
  /** How many of them failed when they last ran. */
  readonly failing: number;
  /** Of one that fails. */
  readonly lastError: string | null;
};

/** `database`: the service's writer or worker. */
export const jobsByKind = (database: Queryable): Promise<readonly JobsOfKind[]> =>
  database.query<JobsOfKind>(
    sql(
      `select kind, count(*) as jobs, max(last_run_at) as "lastRunAt", min(next_run_at) as "nextRunAt",
              count(*) filter (where failures > 0) as failing, max(last_error) filter (where failures > 0) as "lastError"
         from (select kind, last_run_at, next_run_at, failures, last_error from job_schedules
               union all select kind, last_run_at, next_try_at, failures, last_error from job_timers) as jobs
        group by kind order by kind`,
    ),
  );
