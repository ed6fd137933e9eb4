import type { CommandContext } from '@stockproof/command-handling';
import type { AccountAddedV1 } from '@stockproof/tenancy-contracts';
import { accountStream, type Accounts } from '../aggregates';

/** Opens the account's own stream from what its organization decided; told twice, it changes nothing. */
export const openAccount = (accounts: Accounts, added: AccountAddedV1, context: CommandContext) => {
  const { accountId, organizationId, code, name, licence, defaults } = added;
  return accounts.handle(
    accountStream(accountId),
    { type: 'OpenAccount', data: { accountId, organizationId, code, name, licence, inherited: defaults } },
    { ...context, organizationId, accountId },
  );
};
