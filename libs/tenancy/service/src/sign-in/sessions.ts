import { createHash, randomBytes } from 'node:crypto';
import { sql, type Database, type Queryable } from '@stockproof/sql';
import { plusMs, type Clock, type Instant } from '@stockproof/vocabulary';
import { v7 } from 'uuid';
import type { SignInName } from './sign-in-names';

/** A person who is away for a month signs in again. */
const refreshTokenMs = 30 * 24 * 3_600_000;

export type Refreshed =
  | { readonly outcome: 'refreshed'; readonly refreshToken: string; readonly who: SignInName; readonly sessionId: string }
  | { readonly outcome: 'refused' };

/** Sign-ins and the refresh tokens that follow from them; each token is good once. */
export type Sessions = {
  readonly start: (who: SignInName) => Promise<string>;
  /** A token that was used before ends its whole session: one of its two holders has stolen it. */
  readonly refresh: (refreshToken: string) => Promise<Refreshed>;
  readonly end: (refreshToken: string) => Promise<void>;
  readonly endAll: (userId: string, because: string) => Promise<void>;
};

type TokenRow = {
  readonly session_id: string;
  readonly expires_at: Instant;
  readonly used_at: Instant | null;
  readonly ended_at: Instant | null;
  readonly user_id: string;
  readonly organization_id: string;
  readonly account_id: string | null;
};

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

const issue = async (db: Queryable, sessionId: string, now: Instant): Promise<string> => {
  const token = randomBytes(32).toString('base64url');
  await db.query(
    sql(
      'insert into refresh_tokens (hash, session_id, expires_at) values ($1, $2, $3)',
      hashOf(token),
      sessionId,
      plusMs(now, refreshTokenMs),
    ),
  );
  return token;
};

/** Nothing opens these any more; each sign-in clears the person's own. */
const deadSessions = `delete from sessions s where user_id = $1
  and (ended_at is not null or not exists (select from refresh_tokens t where t.session_id = s.session_id and t.expires_at > $2))`;

const endSession = (db: Queryable, sessionId: string, now: Instant, because: string) =>
  db.query(
    sql('update sessions set ended_at = $2, ended_because = $3 where session_id = $1 and ended_at is null', sessionId, now, because),
  );

const refreshIn = async (tx: Queryable, token: string, now: Instant): Promise<Refreshed> => {
  const [row] = await tx.query<TokenRow>(
    sql(
      `select t.session_id, t.expires_at, t.used_at, s.ended_at, s.user_id, s.organization_id, s.account_id
       from refresh_tokens t join sessions s using (session_id) where t.hash = $1 for update`,
      hashOf(token),
    ),
  );
  if (row === undefined || row.ended_at !== null || row.expires_at <= now) return { outcome: 'refused' };
  if (row.used_at !== null) {
    await endSession(tx, row.session_id, now, 'a refresh token was used twice');
    return { outcome: 'refused' };
  }
  await tx.query(sql('update refresh_tokens set used_at = $2 where hash = $1', hashOf(token), now));
  const who = { userId: row.user_id, organizationId: row.organization_id, accountId: row.account_id };
  return { outcome: 'refreshed', refreshToken: await issue(tx, row.session_id, now), who, sessionId: row.session_id };
};

export const sessionsIn = (writer: Database, clock: Clock): Sessions => ({
  start: ({ userId, organizationId, accountId }) =>
    writer.transaction(async (tx) => {
      const now = clock.now();
      const sessionId = v7();
      await tx.query(sql(deadSessions, userId, now));
      await tx.query(
        sql(
          'insert into sessions (session_id, user_id, organization_id, account_id, started_at) values ($1, $2, $3, $4, $5)',
          ...[sessionId, userId, organizationId, accountId, now],
        ),
      );
      return issue(tx, sessionId, now);
    }),
  refresh: (token) => writer.transaction((tx) => refreshIn(tx, token, clock.now())),
  end: async (token) => {
    const [row] = await writer.query<{ session_id: string }>(sql('select session_id from refresh_tokens where hash = $1', hashOf(token)));
    if (row) await endSession(writer, row.session_id, clock.now(), 'signed out');
  },
  endAll: async (userId, because) =>
    void (await writer.query(
      sql('update sessions set ended_at = $2, ended_because = $3 where user_id = $1 and ended_at is null', userId, clock.now(), because),
    )),
});
