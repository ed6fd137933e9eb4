import { sql, type Database } from '@stockproof/sql';
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

type Row = {
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

/** Takes the key where nobody has it, or its holder's lease has run out, or it is old enough to be forgotten; else says what is there. */
const claimStatement = ({ scope, key, requestHash, lease, now, leaseUntil, forgetBefore }: Parameters<KeptAnswers['claim']>[0]) =>
  sql(
    `${quickly}, claimed as (
           insert into idempotency_keys as kept (scope, key, request_hash, lease, lease_until, first_received_at)
           select $1, $2, $3, $4::uuid, $5::timestamptz, $6::timestamptz from quickly
           on conflict (scope, key) do update set request_hash = excluded.request_hash, lease = excluded.lease, lease_until = excluded.lease_until,
             first_received_at = case when kept.first_received_at < $7 then excluded.first_received_at else kept.first_received_at end,
             status = null, headers = null, body = null
           where kept.first_received_at < $7 or (kept.status is null and kept.lease_until <= excluded.first_received_at and kept.request_hash = excluded.request_hash)
           returning first_received_at)
         select true as claimed, first_received_at as first, $3 as hash, null::int as status, null::json as headers, null as body from claimed
         union all
         select false, first_received_at, request_hash, status, headers, body from idempotency_keys
         where scope = $1 and key = $2 and not exists (select from claimed)`,
    scope,
    key,
    requestHash,
    lease,
    leaseUntil,
    now,
    forgetBefore,
  );

/** Answers in the service's source schema, through its writer. */
export const keptAnswers = (writer: Database): KeptAnswers => ({
  claim: async (wanted) => {
    const [row] = await writer.query<Row>(claimStatement(wanted));
    return claimOf(row, wanted.requestHash);
  },
  keep: async ({ scope, key, lease }, { status, headers, body }) => {
    await writer.query(
      sql(
        `${quickly} update idempotency_keys set status = $4, headers = $5::json, body = $6 from quickly where scope = $1 and key = $2 and lease = $3`,
        scope,
        key,
        lease,
        status,
        JSON.stringify(headers),
        body,
      ),
    );
  },
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
});
