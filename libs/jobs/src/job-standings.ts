import { sql, type Queryable } from '@stockproof/sql';
import type { Instant } from '@stockproof/vocabulary';

/** All jobs of one kind in a service, together. */
export type JobStanding = {
  readonly kind: string;
  /** Schedules and timers whose last run failed. */
  readonly failing: number;
  /** Periodic work: how long since the success that lies furthest back. 0: none has succeeded yet, or none is periodic. */
  readonly oldestSuccessSeconds: number;
  /** Periodic work: how far the next success is behind its time, the worst of all subjects. Timers: how far behind their due time. */
  readonly overdueSeconds: number;
};

const standings = `
  with jobs as (
    select kind, failures, extract(epoch from $1::timestamptz - last_success_at) as age,
           extract(epoch from $1::timestamptz - coalesce(last_success_at + every_ms * interval '1 millisecond', next_run_at)) as overdue
      from job_schedules where every_ms is not null
    union all
    select kind, failures, null, null from job_schedules where every_ms is null and failures > 0
    union all
    select kind, failures, null, extract(epoch from $1::timestamptz - due_at) from job_timers where due_at < $1::timestamptz
  )
  select kind, (count(*) filter (where failures > 0))::int as failing, greatest(0, max(age))::float8 as "oldestSuccessSeconds",
         greatest(0, max(overdue))::float8 as "overdueSeconds"
    from jobs group by kind order by kind`;

/** How the jobs of this service stand, by kind. */
export const jobStandings = (database: Queryable, now: Instant): Promise<readonly JobStanding[]> =>
  database.query<JobStanding>(sql(standings, now));
