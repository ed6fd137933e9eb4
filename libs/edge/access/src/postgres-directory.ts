import { sql, type Database, type Statement } from '@stockproof/sql';
import type { UserAccessChangedV1 } from '@stockproof/tenancy-contracts';
import type { AccessDirectory, KnownAccount, KnownKey, PublicJwk } from './access-directory';

/** The directory in the service's own schema; the writer role reads it. */
export const postgresDirectory = (writer: Database): AccessDirectory => {
  const one = async <Row extends object>(statement: Statement): Promise<Row | null> => (await writer.query<Row>(statement))[0] ?? null;
  return {
    user: async (userId) =>
      (await one<{ access: UserAccessChangedV1 }>(sql('select access from access_users where user_id = $1', userId)))?.access ?? null,
    key: (hash) =>
      one<KnownKey>(
        sql(
          `select key_id as "keyId", scopes, organization_id as "organizationId", account_id as "accountId", expires_at as "expiresAt", mode, revoked
           from access_keys where hash = $1`,
          hash,
        ),
      ),
    account: (accountId) =>
      one<KnownAccount>(sql('select organization_id as "organizationId", enabled from access_accounts where account_id = $1', accountId)),
    signingKey: async (keyId) =>
      (await one<{ jwk: PublicJwk }>(sql('select public_jwk as jwk from access_signing_keys where key_id = $1', keyId)))?.jwk ?? null,
    readToEndAt: async () => (await one<{ at: string }>(sql('select read_to_end_at as at from access_feed')))?.at ?? null,
    noteKeyUse: async (keyId, at) => {
      await writer.query(
        sql(
          'insert into access_key_uses values ($1, $2) on conflict (key_id) do update set last_used_at = greatest(access_key_uses.last_used_at, excluded.last_used_at)',
          keyId,
          at,
        ),
      );
    },
  };
};
