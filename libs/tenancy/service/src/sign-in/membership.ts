import { accountStream, installationId, installationStream, organizationStream, type TenancyAggregates } from '../aggregates';
import { latestState } from '../latest-state';
import type { SignInName } from './sign-in-names';

/** Whether the person may come in at all now: active where they belong, and the account not disabled. */
export const isActive = async (tenancy: TenancyAggregates, { userId, organizationId, accountId }: SignInName): Promise<boolean> => {
  if (organizationId === installationId) return (await latestState(tenancy.installation, installationStream)).administratorId === userId;
  if (accountId === null)
    return (await latestState(tenancy.organizations, organizationStream(organizationId))).users.get(userId)?.active ?? false;
  const account = await latestState(tenancy.accounts, accountStream(accountId));
  return account.enabled && (account.users.get(userId)?.active ?? false);
};
