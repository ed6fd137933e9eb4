import type { JsonObject } from '@stockproof/decider';
import type { Jobs } from '@stockproof/jobs';
import { sql, type Queryable } from '@stockproof/sql';
import { msBetween, type AccountId, type Instant } from '@stockproof/vocabulary';
import {
  readAccountsOfStock,
  readChangedStreams,
  readStreamsFrom,
  type StreamPlace,
  type StreamRow,
} from '../views/stock-streams/stock-streams.query';
import { membershipsOf } from './memberships';
import type { VerifierTools } from './subjects';
import { verifySubject, verifyUnlisted } from './verifying-all';

export const verifyJob = 'verify-stock';
const accountsJob = 'verify-stock-accounts';

const lookForAccountsEveryMs = 15_000;
/** An account is looked at so often, or more rarely where there are many: one look takes little, all together a tenth of one worker. */
const lookEveryMs = 15_000;
const lookAtMostMs = 500;
const shareOfTime = 10;
/** A round over all that an account has begins so long after the last one began, if that has ended. */
const roundEveryMs = 10 * 60_000;
const pageSize = 50;
/** Longer streams are read whole in rounds only, not at every change. */
const longStream = 10_000;

/** Where the last look at an account ended. */
type Cursor = { readonly changedTo: string; readonly roundBeganAt: Instant | null; readonly after: StreamPlace | null };

const cursorOf = (cursor: JsonObject | null): Cursor =>
  cursor === null ? { changedTo: '', roundBeganAt: null, after: null } : (cursor as unknown as Cursor);

/**
 * Verifies every account for ever: in each look first what has changed since the last one, then on in a round over everything, both
 * for a bounded time. Every account is a job of its own, so that it sees its last and next look, and how they failed.
 */
export const verifyAlways = async (jobs: Jobs, tools: VerifierTools): Promise<void> => {
  const scheduled = new Map<AccountId, number>();
  jobs.onSchedule({
    kind: accountsJob,
    run: async ({ progress }) => {
      const accounts = await readAccountsOfStock(tools.database);
      const everyMs = Math.max(lookEveryMs, accounts.length * lookAtMostMs * shareOfTime);
      for (const accountId of accounts) {
        // A period that changes a little is no reason to write all schedules anew.
        if ((scheduled.get(accountId) ?? 0) * 2 > everyMs && everyMs * 2 > (scheduled.get(accountId) ?? 0)) continue;
        await jobs.schedule(verifyJob, accountId, { accountId, everyMs, payload: {} });
        scheduled.set(accountId, everyMs);
      }
      await progress(accounts.length, accounts.length);
      return { cursor: null };
    },
  });
  jobs.onSchedule({
    kind: verifyJob,
    run: async ({ subject, cursor, progress }) => ({ cursor: await look(tools, subject, cursorOf(cursor), progress) }),
  });
  await jobs.schedule(accountsJob, 'stock', { accountId: null, everyMs: lookForAccountsEveryMs, payload: {} });
};

/** More says no more, and is not counted: the verifier is far behind. */
const unverifiedAtMost = 10_000;

/** How many streams of all accounts have changed since their last look ended; at most so many are counted of one account. */
export const countUnverified = async (database: Queryable): Promise<number> => {
  const accounts = await readAccountsOfStock(database);
  const [row] = await database.query<{ count: number }>(
    sql(
      `select coalesce(sum(behind.count), 0)::int as count
         from unnest($1::uuid[]) account
         left join job_schedules j on j.kind = $2 and j.subject = account::text
        cross join lateral (
          select count(*) from (
            select from stock_streams_v1 s where s.account_id = account and s.position > coalesce(j.cursor ->> 'changedTo', '') limit $3) changed) behind`,
      ...[accounts, verifyJob, unverifiedAtMost],
    ),
  );
  return row?.count ?? 0;
};

type Progress = (done: number, of: number | null) => Promise<void>;

/** One look: the first half of its time is for what has changed, the second for the round, so that neither starves the other. */
const look = async (tools: VerifierTools, accountId: AccountId, from: Cursor, progress: Progress): Promise<Cursor> => {
  const memberships = membershipsOf(tools, accountId);
  let checked = 0;
  const checkOne = async ({ kind, key }: StreamRow): Promise<void> => {
    await verifySubject(tools, { accountId, kind, key }, memberships);
    await progress((checked += 1), null);
  };
  const changedTo = await followChanges(tools, accountId, from.changedTo, checkOne);
  const now = tools.clock.now();
  const round = beginsAnew(from, now) ? { roundBeganAt: now, after: null } : from;
  if (round === from && from.after === null) return { ...from, changedTo };

  const { after, ended } = await goRound(tools, accountId, round.after, checkOne);
  if (ended) await verifyUnlisted(tools, accountId, memberships);
  return { changedTo, roundBeganAt: round.roundBeganAt, after };
};

/** `after` null: the last round has ended. */
const beginsAnew = ({ roundBeganAt, after }: Cursor, now: Instant): boolean =>
  after === null && (roundBeganAt === null || msBetween(roundBeganAt, now) > roundEveryMs);

type CheckOne = (stream: StreamRow) => Promise<void>;

/** Checks in order until the time is over, at least one, however slow: every look gets on. Answers the last one checked. */
const checkInTime = async (streams: readonly StreamRow[], until: number, checkOne: CheckOne): Promise<StreamRow | undefined> => {
  let last: StreamRow | undefined;
  for (const stream of streams) {
    if (last !== undefined && performance.now() > until) return last;
    await checkOne(stream);
    last = stream;
  }
  return last;
};

const followChanges = async ({ database }: VerifierTools, accountId: AccountId, from: string, checkOne: CheckOne): Promise<string> => {
  const until = performance.now() + lookAtMostMs / 2;
  const short: CheckOne = async (stream) => (stream.revision <= longStream ? checkOne(stream) : undefined);
  for (let changedTo = from; ;) {
    const last = await checkInTime(await readChangedStreams(database, accountId, changedTo, pageSize), until, short);
    if (last === undefined) return changedTo;
    changedTo = last.position;
    if (performance.now() > until) return changedTo;
  }
};

const goRound = async (
  { database }: VerifierTools,
  accountId: AccountId,
  from: StreamPlace | null,
  checkOne: CheckOne,
): Promise<{ readonly after: StreamPlace | null; readonly ended: boolean }> => {
  const until = performance.now() + lookAtMostMs / 2;
  for (let after = from; ;) {
    const last = await checkInTime(await readStreamsFrom(database, accountId, after, pageSize), until, checkOne);
    if (last === undefined) return { after: null, ended: true };
    after = { kind: last.kind, key: last.key };
    if (performance.now() > until) return { after, ended: false };
  }
};
