import { sql, type Database } from '@stockproof/sql';
import { msBetween, plusMs, type Clock, type Instant } from '@stockproof/vocabulary';

/** Failures in a row before a name has to wait; a typist needs three. */
const failuresAllowed = 10;
const waitMs = 15 * 60_000;

/** Slows down who guesses passwords, per name. */
export type SignInGuard = {
  /** Seconds to wait, or null. */
  readonly waitSeconds: (nameIndex: Buffer) => Promise<number | null>;
  readonly failed: (nameIndex: Buffer) => Promise<void>;
  readonly succeeded: (nameIndex: Buffer) => Promise<void>;
};

export const signInGuard = (writer: Database, clock: Clock): SignInGuard => ({
  waitSeconds: async (nameIndex) => {
    const [row] = await writer.query<{ failures: number; last_at: Instant }>(
      sql('select failures, last_at from failed_sign_ins where name_index = $1', nameIndex),
    );
    if (row === undefined || row.failures < failuresAllowed) return null;
    const leftMs = waitMs - msBetween(row.last_at, clock.now());
    return leftMs > 0 ? Math.ceil(leftMs / 1_000) : null;
  },
  failed: async (nameIndex) => {
    const now = clock.now();
    await writer.query(
      sql(
        `insert into failed_sign_ins as f (name_index, failures, last_at) values ($1, 1, $2)
         on conflict (name_index) do update set failures = case when f.last_at < $3 then 1 else f.failures + 1 end, last_at = excluded.last_at`,
        nameIndex,
        now,
        plusMs(now, -waitMs),
      ),
    );
  },
  succeeded: async (nameIndex) => void (await writer.query(sql('delete from failed_sign_ins where name_index = $1', nameIndex))),
});
