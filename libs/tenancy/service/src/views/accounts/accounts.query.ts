import { sql, type TenantReader } from '@stockproof/sql';
import type { ChosenChoices, InheritableSettings, OwnSettings } from '@stockproof/tenancy-domain';

export type AccountRow = {
  readonly account_id: string;
  readonly organization_id: string;
  readonly code: string;
  readonly name: string;
  readonly licence: 'standard' | 'basic';
  readonly enabled: boolean;
  readonly default_warehouse_id: string | null;
  readonly own_settings: OwnSettings;
  readonly inherited_settings: InheritableSettings;
  readonly choices: ChosenChoices;
  readonly revision: number;
};

const columns =
  'select account_id, organization_id, code, name, licence, enabled, default_warehouse_id, own_settings, inherited_settings, choices, revision from accounts_v2';

/** One account; `undefined` where the view does not know it. */
export const findAccount = async (reader: TenantReader, accountId: string): Promise<AccountRow | undefined> => {
  const rows = await reader.readAs<AccountRow>({ kind: 'account', accountId }, sql(`${columns} where account_id = $1`, accountId));
  return rows[0];
};

/** All accounts of an organization, disabled ones included, by id. */
export const organizationAccounts = (
  reader: TenantReader,
  organizationId: string,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<readonly AccountRow[]> =>
  reader.readAs<AccountRow>(
    { kind: 'organization', organizationId },
    sql(
      `${columns} where organization_id = $1 and account_id > coalesce($2, '00000000-0000-0000-0000-000000000000')::uuid order by account_id limit $3`,
      organizationId,
      after,
      limit,
    ),
  );
