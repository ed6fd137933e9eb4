import { sql, type Database } from '@stockproof/sql';
import type { Clock } from '@stockproof/vocabulary';
import type { KeyRing } from '../secrets/key-ring';

/** Where a person belongs, as found by the name they sign in with. */
export type SignInName = { readonly userId: string; readonly organizationId: string; readonly accountId: string | null };

/** Names to sign in with: each belongs to one person of the whole installation. */
export type SignInNames = {
  readonly indexOf: (name: string) => Buffer;
  /** False where somebody else has it. A repeat by the same person is fine. */
  readonly reserve: (name: string, owner: SignInName) => Promise<boolean>;
  readonly release: (userId: string) => Promise<void>;
  readonly find: (name: string) => Promise<SignInName | null>;
};

type Row = { readonly user_id: string; readonly organization_id: string; readonly account_id: string | null };

export const signInNames = (writer: Database, keys: KeyRing, clock: Clock): SignInNames => {
  const find = async (name: string): Promise<SignInName | null> => {
    const [row] = await writer.query<Row>(
      sql('select user_id, organization_id, account_id from sign_in_names where name_index = $1', keys.signInNameIndex(name)),
    );
    return row ? { userId: row.user_id, organizationId: row.organization_id, accountId: row.account_id } : null;
  };
  return {
    indexOf: keys.signInNameIndex,
    find,
    reserve: async (name, { userId, organizationId, accountId }) => {
      await writer.query(
        sql(
          'insert into sign_in_names (name_index, user_id, organization_id, account_id, reserved_at) values ($1, $2, $3, $4, $5) on conflict do nothing',
          ...[keys.signInNameIndex(name), userId, organizationId, accountId, clock.now()],
        ),
      );
      return (await find(name))?.userId === userId;
    },
    release: async (userId) => void (await writer.query(sql('delete from sign_in_names where user_id = $1', userId))),
  };
};
