import type { JsonObject } from '@stockproof/decider';
import { sql, type Database } from '@stockproof/sql';
import type { HeldRun, JobStore } from './job-store';

type RunRow = {
  readonly kind: string;
  readonly subject: string;
  readonly cursor: JsonObject | null;
  readonly payload: JsonObject;
  readonly failures: number;
  readonly fence: number;
};

// An unfinished run stays due, so that it is run again when its holder has died.
const put = `
  insert into job_schedules as s (kind, subject, account_id, every_ms, payload, next_run_at)
  values ($1, $2, $3, $4::bigint, $5::json, case when $4::bigint is not null then $6::timestamptz end)
  on conflict (kind, subject) do update set account_id = excluded.account_id, every_ms = excluded.every_ms, payload = excluded.payload,
    next_run_at = case
      when s.leased_until is not null or s.every_ms is not distinct from excluded.every_ms then s.next_run_at
      when excluded.every_ms is not null then least(coalesce(s.next_run_at, $6), $6 + excluded.every_ms * interval '1 millisecond')
    end`;

const soon = `
  update job_schedules set wanted = leased_until is not null,
    next_run_at = case when leased_until is null and not ($5 and failures > 0 and every_ms is not null) then $3::timestamptz else next_run_at end
  where kind = $1 and subject = $2 and ($4::text is null or account_id = $4) returning kind`;

const claim = `
  update job_schedules as s set fence = s.fence + 1, leased_until = $4, last_run_at = $3, wanted = false, done = 0, "of" = null
  from unnest($1::text[], $2::int[]) as slot (kind, free)
  cross join lateral (
    select kind, subject from job_schedules as due
    where due.kind = slot.kind and due.next_run_at <= $3 and (due.leased_until is null or due.leased_until <= $3)
    order by due.next_run_at limit slot.free for update skip locked
  ) as claimed
  where s.kind = claimed.kind and s.subject = claimed.subject
  returning s.kind, s.subject, s.cursor, s.payload, s.failures, s.fence`;

const done = `
  update job_schedules set cursor = $4::json, last_success_at = $5, failures = 0, last_error = null, leased_until = null, wanted = false,
    next_run_at = case
      when wanted then $5::timestamptz
      when every_ms is not null then greatest($5, last_run_at + every_ms * interval '1 millisecond')
    end
  where kind = $1 and subject = $2 and fence = $3`;

const failed = `
  update job_schedules set failures = failures + 1, last_error = $4, leased_until = null, wanted = false,
    next_run_at = case when every_ms is not null then $6::timestamptz when wanted then $5::timestamptz end
  where kind = $1 and subject = $2 and fence = $3`;

type SchedulesOfStore = Pick<JobStore, 'putSchedule' | 'removeSchedule' | 'runSoon' | 'claimRuns' | 'runDone' | 'runFailed' | 'progress'>;

export const postgresSchedules = (database: Database): SchedulesOfStore => {
  const report = async (text: string, { kind, subject, fence }: HeldRun, ...values: readonly unknown[]) =>
    database.query(sql(text, kind, subject, fence, ...values));
  return {
    putSchedule: async (kind, subject, { accountId, everyMs, payload, now }) =>
      void (await database.query(sql(put, kind, subject, accountId, everyMs, JSON.stringify(payload), now))),
    removeSchedule: async (kind, subject) =>
      void (await database.query(sql('delete from job_schedules where kind = $1 and subject = $2', kind, subject))),
    runSoon: async (kind, subject, { now, accountId, patient }) =>
      (await database.query(sql(soon, kind, subject, now, accountId, patient))).length > 0,
    claimRuns: async (slots, { now, until }) => {
      const kinds = slots.map(({ kind }) => kind);
      return database.query<RunRow>(
        sql(
          claim,
          kinds,
          slots.map(({ free }) => free),
          now,
          until,
        ),
      );
    },
    runDone: async (held, { cursor, at }) => void (await report(done, held, cursor && JSON.stringify(cursor), at)),
    runFailed: async (held, { error, at, retryAt }) => void (await report(failed, held, error, at, retryAt)),
    progress: async (held, at) => {
      const rows = await report(
        'update job_schedules set done = $4, "of" = $5 where kind = $1 and subject = $2 and fence = $3 returning kind',
        held,
        at.done,
        at.of,
      );
      return rows.length > 0;
    },
  };
};
