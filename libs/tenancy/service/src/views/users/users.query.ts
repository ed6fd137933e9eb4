import { sql, type TenantReader } from '@stockproof/sql';

export type UserRow = {
  readonly user_id: string;
  readonly role: string;
  readonly active: boolean;
  readonly profile_subject: string | null;
  readonly profile_sealed: string | null;
  readonly language: string | null;
  readonly time_zone: string | null;
};
type Slice = { readonly after: string | null; readonly limit: number };

const columns = 'select user_id, role, active, profile_subject, profile_sealed, language, time_zone from users_v1';
const slice = "role is not null and user_id > coalesce($2, '00000000-0000-0000-0000-000000000000')::uuid order by user_id limit $3";

/** Who reaches every account of the organization. */
export const organizationUsers = (reader: TenantReader, organizationId: string, { after, limit }: Slice): Promise<readonly UserRow[]> =>
  reader.readAs<UserRow>(
    { kind: 'organization', organizationId },
    sql(`${columns} where organization_id = $1 and account_id is null and ${slice}`, organizationId, after, limit),
  );

/** Who reaches this account only. */
export const accountUsers = (reader: TenantReader, accountId: string, { after, limit }: Slice): Promise<readonly UserRow[]> =>
  reader.readAs<UserRow>({ kind: 'account', accountId }, sql(`${columns} where account_id = $1 and ${slice}`, accountId, after, limit));
