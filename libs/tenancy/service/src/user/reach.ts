import { permissionsOf, type Principal } from '@stockproof/access';
import type { TenantReader } from '@stockproof/sql';
import { findAccount, organizationAccounts, type AccountRow } from '../views/accounts/accounts.query';
import type { ReachableAccount } from './me.requests';

/** More accounts than this nobody scrolls through; the list of accounts pages. */
const accountsShown = 1_000;

const rowsWithin = async (reader: TenantReader, principal: Principal): Promise<readonly AccountRow[]> => {
  const organizationId = principal.kind === 'key' ? principal.organizationId : principal.access.organizationId;
  const everywhere = principal.kind === 'key' ? principal.accountId === null : principal.access.organizationRole !== null;
  if (everywhere && organizationId !== null) return organizationAccounts(reader, organizationId, { after: null, limit: accountsShown });
  const accountIds =
    principal.kind === 'key' ? [principal.accountId ?? ''] : principal.access.accountRoles.map(({ accountId }) => accountId);
  const rows = await Promise.all(accountIds.filter((id) => id !== '').map((id) => findAccount(reader, id)));
  return rows.filter((row) => row !== undefined);
};

const permissionsIn = (principal: Principal, row: AccountRow): readonly string[] =>
  principal.kind === 'key'
    ? principal.scopes
    : [...permissionsOf(principal.access, { organizationId: row.organization_id, accountId: row.account_id })];

/** The accounts that somebody may enter, disabled ones marked, with what they may do in each. */
export const accountsWithinReach = async (reader: TenantReader, principal: Principal): Promise<readonly ReachableAccount[]> =>
  (await rowsWithin(reader, principal)).map((row) => ({
    accountId: row.account_id,
    code: row.code,
    name: row.name,
    enabled: row.enabled,
    permissions: permissionsIn(principal, row),
  }));
