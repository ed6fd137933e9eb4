import type { JsonObject } from '@stockproof/decider';
import { sql, type Database } from '@stockproof/sql';
import type { Instant } from '@stockproof/vocabulary';
import type { HeldTimer, JobStore } from './job-store';

type TimerRow = {
  readonly id: string;
  readonly kind: string;
  readonly due_at: Instant;
  readonly account_id: string | null;
  readonly payload: JsonObject;
  readonly failures: number;
  readonly fence: number;
};

const heldOf = (row: TimerRow): HeldTimer => ({
  timer: { id: row.id, kind: row.kind, dueAt: row.due_at, accountId: row.account_id, payload: row.payload },
  failures: row.failures,
  fence: row.fence,
});

// The fence of a replaced timer goes on counting: whoever is running the old one must not delete the new one.
const put = `
  insert into job_timers as t (id, kind, account_id, payload, due_at, next_try_at) values ($1, $2, $3, $4::json, $5, $5)
  on conflict (id) do update set kind = excluded.kind, account_id = excluded.account_id, payload = excluded.payload, due_at = excluded.due_at,
    next_try_at = excluded.next_try_at, last_run_at = null, failures = 0, last_error = null, fence = t.fence + 1, leased_until = null`;

const claim = `
  update job_timers as t set fence = t.fence + 1, leased_until = $4, last_run_at = $3
  from unnest($1::text[], $2::int[]) as slot (kind, free)
  cross join lateral (
    select id from job_timers as due
    where due.kind = slot.kind and due.next_try_at <= $3 and (due.leased_until is null or due.leased_until <= $3)
    order by due.next_try_at limit slot.free for update skip locked
  ) as claimed
  where t.id = claimed.id
  returning t.id, t.kind, t.due_at, t.account_id, t.payload, t.failures, t.fence`;

type TimersOfStore = Pick<JobStore, 'putTimer' | 'removeTimer' | 'claimTimers' | 'timerDone' | 'timerFailed'>;

export const postgresTimers = (database: Database): TimersOfStore => ({
  putTimer: async ({ id, kind, accountId, payload, dueAt }) =>
    void (await database.query(sql(put, id, kind, accountId, JSON.stringify(payload), dueAt))),
  removeTimer: async (id) => void (await database.query(sql('delete from job_timers where id = $1', id))),
  claimTimers: async (slots, { now, until }) => {
    const kinds = slots.map(({ kind }) => kind);
    const rows = await database.query<TimerRow>(
      sql(
        claim,
        kinds,
        slots.map(({ free }) => free),
        now,
        until,
      ),
    );
    return rows.map(heldOf);
  },
  timerDone: async ({ timer, fence }) =>
    void (await database.query(sql('delete from job_timers where id = $1 and fence = $2', timer.id, fence))),
  timerFailed: async ({ timer, fence }, { error, retryAt }) => {
    const statement =
      'update job_timers set failures = failures + 1, last_error = $3, next_try_at = $4, leased_until = null where id = $1 and fence = $2';
    await database.query(sql(statement, timer.id, fence, error, retryAt));
  },
});
