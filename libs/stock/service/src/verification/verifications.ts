import { sql, type Queryable } from '@stockproof/sql';
import type { AccountId, Instant } from '@stockproof/vocabulary';
import type { StreamPlace } from '../views/stock-streams/stock-streams.query';

/** A verification of all that an account has, as somebody asked for it. */
export type VerificationRow = {
  readonly verificationId: string;
  readonly askedBy: string;
  readonly askedAt: Instant;
  readonly startedAt: Instant | null;
  readonly finishedAt: Instant | null;
  readonly done: number;
  /** Of how many streams; `null` before it has begun. */
  readonly streams: number | null;
  readonly findings: number;
};

const columns = `verification_id as "verificationId", asked_by as "askedBy", asked_at as "askedAt", started_at as "startedAt", finished_at as "finishedAt",
  done, streams, findings`;

/** Asks for a verification; where one is under way already, that one is it. */
export const askForVerification = async (
  database: Queryable,
  accountId: AccountId,
  asked: { readonly verificationId: string; readonly askedBy: string; readonly askedAt: Instant },
): Promise<VerificationRow> => {
  await database.query(
    sql(
      `insert into verifications (account_id, verification_id, asked_by, asked_at) values ($1, $2, $3, $4)
       on conflict (account_id) where finished_at is null do nothing`,
      ...[accountId, asked.verificationId, asked.askedBy, asked.askedAt],
    ),
  );
  const rows = await database.query<VerificationRow>(
    sql(
      `select ${columns} from verifications where account_id = $1 and (finished_at is null or verification_id = $2)`,
      accountId,
      asked.verificationId,
    ),
  );
  const [row] = rows;
  if (row === undefined) throw new Error('the verification ended before it could be answered');
  return row;
};

export type VerificationPlace = { readonly askedAt: Instant; readonly verificationId: string };

/** Verifications of an account, the newest first; one more than asked. */
export const readVerifications = (
  database: Queryable,
  accountId: AccountId,
  { after, limit }: { readonly after: VerificationPlace | null; readonly limit: number },
): Promise<readonly VerificationRow[]> =>
  database.query<VerificationRow>(
    sql(
      `select ${columns} from verifications where account_id = $1 and ($2::timestamptz is null or (asked_at, verification_id) < ($2, $3::uuid))
        order by asked_at desc, verification_id desc limit $4`,
      ...[accountId, after?.askedAt ?? null, after?.verificationId ?? null, limit + 1],
    ),
  );

/** `null` where the account has none of this id. */
export const readVerification = async (
  database: Queryable,
  accountId: AccountId,
  verificationId: string,
): Promise<VerificationRow | null> => {
  const rows = await database.query<VerificationRow>(
    sql(`select ${columns} from verifications where account_id = $1 and verification_id = $2`, accountId, verificationId),
  );
  return rows[0] ?? null;
};

/** The verification in hand, with where it goes on after whoever had it died. */
export type OpenVerification = Pick<VerificationRow, 'verificationId' | 'done' | 'streams' | 'findings'> & {
  readonly after: StreamPlace | null;
};

/** Takes the open verification of an account in hand; `null` where nobody wants one. */
export const beginVerification = async (
  database: Queryable,
  accountId: AccountId,
  streams: number,
  now: Instant,
): Promise<OpenVerification | null> => {
  const [row] = await database.query<Omit<OpenVerification, 'after'> & { after_kind: string | null; after_key: string | null }>(
    sql(
      `update verifications set started_at = coalesce(started_at, $3), streams = $2 where account_id = $1 and finished_at is null
       returning verification_id as "verificationId", done, streams, findings, after_kind, after_key`,
      ...[accountId, streams, now],
    ),
  );
  if (row === undefined) return null;
  const { after_kind: kind, after_key: key, ...rest } = row;
  return { ...rest, after: kind === null || key === null ? null : { kind, key } };
};

/** How far it is, kept after every page: a restart goes on from here. */
export const moveVerification = async (
  database: Queryable,
  accountId: AccountId,
  { verificationId, done, findings, after }: Omit<OpenVerification, 'streams'>,
): Promise<void> => {
  await database.query(
    sql(
      'update verifications set done = $3, findings = $4, after_kind = $5, after_key = $6 where account_id = $1 and verification_id = $2',
      ...[accountId, verificationId, done, findings, after?.kind ?? null, after?.key ?? null],
    ),
  );
};

export const finishVerification = async (
  database: Queryable,
  accountId: AccountId,
  verificationId: string,
  now: Instant,
): Promise<void> => {
  await database.query(
    sql('update verifications set finished_at = $3 where account_id = $1 and verification_id = $2', accountId, verificationId, now),
  );
};
