import { sql, type TenantReader } from '@stockproof/sql';

export type ApiKeyRow = {
  readonly key_id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly mode: 'live' | 'test';
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly revoked_at: string | null;
};

/** The account's keys, revoked ones included, by id. */
export const accountApiKeys = (
  reader: TenantReader,
  accountId: string,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<readonly ApiKeyRow[]> =>
  reader.readAs<ApiKeyRow>(
    { kind: 'account', accountId },
    sql(
      `select key_id, name, scopes, mode, created_at, expires_at, revoked_at from api_keys_v1
       where account_id = $1 and key_id > coalesce($2, '00000000-0000-0000-0000-000000000000')::uuid order by key_id limit $3`,
      accountId,
      after,
      limit,
    ),
  );
