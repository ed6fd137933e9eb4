import { accept, reject, type Decision } from '@stockproof/decider';
import type { AccountId } from '@stockproof/vocabulary';
import { accountCode, sameTextKey } from '../account-code';
import { activeOrganizationUser, physicalWarehouse } from '../dependency-missing';
import type { AddAccount, RenameAccount } from './organization.commands';
import type { OrganizationEvent } from './organization.events';
import type { AccountNameTaken, OrganizationRejection } from './organization.rejections';
import type { ExistingOrganization } from './organization.state';

type Decided = Decision<OrganizationEvent, OrganizationRejection>;

const missingForAccount = ({ organizationId, users, warehouses }: ExistingOrganization) => [
  ...([...users.values()].some(({ active }) => active) ? [] : [activeOrganizationUser(organizationId)]),
  ...([...warehouses.values()].some(({ kind, archived }) => kind === 'physical' && !archived) ? [] : [physicalWarehouse(organizationId)]),
];

const nameTaken = ({ accounts }: ExistingOrganization, accountId: AccountId, name: string): AccountNameTaken | null => {
  const taken = [...accounts].find(([id, account]) => id !== accountId && sameTextKey(account.name) === sameTextKey(name));
  return taken ? { type: 'AccountNameTaken', name, takenBy: taken[0] } : null;
};

export const addAccount = ({ data: { accountId, name, licence } }: AddAccount, state: ExistingOrganization): Decided => {
  const missing = missingForAccount(state);
  if (missing.length > 0) return reject({ type: 'DependencyMissing', missing });
  if (state.accounts.has(accountId)) return accept();
  const taken = nameTaken(state, accountId, name);
  if (taken) return reject(taken);
  const code = accountCode(name);
  if (code === '') return reject({ type: 'NameGivesNoCode', name });
  const collision = [...state.accounts].find(([, account]) => account.code === code);
  if (collision) return reject({ type: 'AccountCodeTaken', code, takenBy: collision[0] });
  return accept({
    type: 'AccountAdded',
    data: { organizationId: state.organizationId, accountId, code, name, licence, defaults: state.defaults },
  });
};

/** The code stays: labels, exports and other systems know it. */
export const renameAccount = ({ data: { accountId, name } }: RenameAccount, state: ExistingOrganization): Decided => {
  const account = state.accounts.get(accountId);
  if (!account) return reject({ type: 'AccountUnknown', accountId });
  const taken = nameTaken(state, accountId, name);
  if (taken) return reject(taken);
  return account.name === name ? accept() : accept({ type: 'AccountRenamed', data: { accountId, name } });
};
