import { gathered, sql, upTo, type Database } from '@stockproof/sql';
import type { Instant } from '@stockproof/vocabulary';

export type Answer = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string };

/** Whose key, and which. */
export type ScopedKey = { readonly scope: string; readonly key: string };

export type Attempt = ScopedKey & {
  readonly requestHash: string;
  /** Tells this attempt from others under the same key. */
  readonly lease: string;
  readonly now: Instant;
  readonly leaseUntil: Instant;
  /** What was first received before this is forgotten. */
  readonly forgetBefore: Instant;
};

/** What stands under a key when a request comes. */
export type Claim =
  | { readonly is: 'mine'; readonly firstReceivedAt: Instant }
  | { readonly is: 'running' }
  | { readonly is: 'another request' }
  | { readonly is: 'answered'; readonly answer: Answer };

/** Answers under their keys. */
export type KeptAnswers = {
  /** Takes the key for this attempt, unless it is taken. A lease that ran out is taken over, by the same request only. */
  readonly claim: (attempt: Attempt) => Promise<Claim>;
  readonly keep: (attempt: Attempt, answer: Answer) => Promise<void>;
  /** Nothing was done: the key is free for any request. */
  readonly free: (attempt: Attempt) => Promise<void>;
  /** It is not known what was done: the key is free for the same request, with its first time of receipt. */
  readonly letGo: (attempt: Attempt) => Promise<void>;
  /** Forgets old answers; answers how many. */
  readonly forget: (before: Instant) => Promise<number>;
};

type Row = ScopedKey & {
  claimed: boolean;
  first: Instant;
  hash: string;
  status: number | null;
  headers: Record<string, string> | null;
  body: string | null;
};

/** A lost row is only a second run under the same command id: no commit here waits for the disk. */
const quickly = `with quickly as (select set_config('synchronous_commit', 'off', true))`;

const claimOf = (row: Row | undefined, requestHash: string): Claim => {
  if (row === undefined) return { is: 'running' };
  if (row.claimed) return { is: 'mine', firstReceivedAt: row.first };
  if (row.hash !== requestHash) return { is: 'another request' };
  return row.status === null
    ? { is: 'running' }
    : { is: 'answered', answer: { status: row.status, headers: row.headers ?? {}, body: row.body ?? '' } };
};

const forgottenAtOnce = 5_000;

/** Statements for many requests at once: so many of them, and of one key only one. */
const atOnce = 200;
const distinctKeys = (asked: readonly ScopedKey[]): number => {
  const seen = new Set<string>();
  const twice = asked.findIndex((each) => seen.has(nameOf(each)) || !seen.add(nameOf(each)));
  return Math.min(atOnce, twice === -1 ? asked.length : twice);
};
const nameOf = ({ scope, key }: ScopedKey): string => `${scope} ${key}`;

/** Takes each key where nobody has it, or its holder's lease has run out, or it is old enough to be forgotten; else says what is there. */
const claimStatement = (wanted: readonly Attempt[]) =>
  sql(
    `${quickly}, wanted as (
       select * from unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::timestamptz[], $6::timestamptz[]) w(scope, key, hash, lease, until, received)),
     claimed as (
       insert into idempotency_keys as kept (scope, key, request_hash, lease, lease_until, first_received_at)
       select w.scope, w.key, w.hash, w.lease, w.until, w.received from wanted w, quickly order by w.scope, w.key
       on conflict (scope, key) do update set request_hash = excluded.request_hash, lease = excluded.lease, lease_until = excluded.lease_until,
         first_received_at = case when kept.first_received_at < $7 then excluded.first_received_at else kept.first_received_at end,
         status = null, headers = null, body = null
       where kept.first_received_at < $7 or kept.lease = excluded.lease
         or (kept.status is null and kept.lease_until <= excluded.first_received_at and kept.request_hash = excluded.request_hash)
       returning scope, key, first_received_at)
     select scope, key, true as claimed, first_received_at as first, null as hash, null::int as status, null::json as headers, null as body from claimed
     union all
     select k.scope, k.key, false, k.first_received_at, k.request_hash, k.status, k.headers, k.body from wanted w join idempotency_keys k using (scope, key)
     where not exists (select from claimed c where c.scope = k.scope and c.key = k.key)`,
    wanted.map(({ scope }) => scope),
    wanted.map(({ key }) => key),
    wanted.map(({ requestHash }) => requestHash),
    wanted.map(({ lease }) => lease),
    wanted.map(({ leaseUntil }) => leaseUntil),
    wanted.map(({ now }) => now),
    // A moment's difference between neighbours makes none after three days.
    wanted.map(({ forgetBefore }) => forgetBefore).sort()[0],
  );

const claimAll = async (writer: Database, wanted: readonly Attempt[]): Promise<readonly Claim[]> => {
  const rows = new Map((await writer.query<Row>(claimStatement(wanted))).map((row) => [nameOf(row), row]));
  return wanted.map((each) => claimOf(rows.get(nameOf(each)), each.requestHash));
};

type Kept = { readonly attempt: Attempt; readonly answer: Answer };

const keepAll = async (writer: Database, kept: readonly Kept[]): Promise<readonly void[]> => {
  await writer.query(
    sql(
      `${quickly} update idempotency_keys k set status = u.status, headers = u.headers, body = u.body
         from quickly, unnest($1::text[], $2::text[], $3::uuid[], $4::int[], $5::json[], $6::text[]) u(scope, key, lease, status, headers, body)
        where k.scope = u.scope and k.key = u.key and k.lease = u.lease`,
      kept.map(({ attempt }) => attempt.scope),
      kept.map(({ attempt }) => attempt.key),
      kept.map(({ attempt }) => attempt.lease),
      kept.map(({ answer }) => answer.status),
      kept.map(({ answer }) => JSON.stringify(answer.headers)),
      kept.map(({ answer }) => answer.body),
    ),
  );
  return kept.map(() => undefined);
};

/** Answers of one statement: so many characters, or one. */
const charactersAtOnce = 4_000_000;

/** Answers in the service's source schema, through its writer. */
export const keptAnswers = (writer: Database): KeptAnswers => {
  const claims = gathered<Attempt, Claim>({ run: (wanted) => claimAll(writer, wanted), fits: distinctKeys, repeatable: true });
  const answers = gathered<Kept, void>({
    run: (kept) => keepAll(writer, kept),
    fits: upTo(charactersAtOnce, ({ answer }) => answer.body.length + charactersAtOnce / atOnce),
    repeatable: true,
  });
  return {
    claim: claims.add,
    keep: (attempt, answer) => answers.add({ attempt, answer }),
    free: async ({ scope, key, lease }) => {
      await writer.query(
        sql(
          `${quickly} delete from idempotency_keys using quickly where scope = $1 and key = $2 and lease = $3 and status is null`,
          scope,
          key,
          lease,
        ),
      );
    },
    letGo: async ({ scope, key, lease, now }) => {
      await writer.query(
        sql(
          `${quickly} update idempotency_keys set lease_until = $4 from quickly where scope = $1 and key = $2 and lease = $3 and status is null`,
          scope,
          key,
          lease,
          now,
        ),
      );
    },
    forget: async (before) => {
      const gone = await writer.query(
        sql(
          `delete from idempotency_keys where (scope, key) in (select scope, key from idempotency_keys where first_received_at < $1 limit ${forgottenAtOnce}) returning 1`,
          before,
        ),
      );
      return gone.length;
    },
  };
};
