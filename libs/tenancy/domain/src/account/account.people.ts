import { accept, reject, type Decision } from '@stockproof/decider';
import { enabledWarehouse } from '../dependency-missing';
import { isLastWith, type Member } from '../members';
import { mayGrantInAccount, type AccountRole, type Granter } from '../roles';
import type { AddAccountUser, ChangeAccountRole, DeactivateAccountUser, ReactivateAccountUser } from './account.commands';
import type { AccountEvent } from './account.events';
import type { AccountRejection } from './account.rejections';
import type { OpenedAccount } from './account.state';

type Decided = Decision<AccountEvent, AccountRejection>;
type Asked = { readonly userId: string; readonly by: Granter };

const lastAdministrator = (state: OpenedAccount, userId: string): Decided | null =>
  isLastWith(state.users, userId, 'administrator') ? reject({ type: 'LastAdministrator' }) : null;

/** Nobody touches a role above their own, nor their own. */
const changing = (
  state: OpenedAccount,
  { userId, by }: Asked,
  wanted: readonly AccountRole[],
  decide: (person: Member<AccountRole>) => Decided,
): Decided => {
  const person = state.users.get(userId);
  const tooHigh = [...wanted, ...(person ? [person.role] : [])].find((role) => !mayGrantInAccount(by, role));
  if (tooHigh) return reject({ type: 'RoleAboveOwn', role: tooHigh });
  if (!person) return reject({ type: 'AccountUserUnknown', userId });
  return by.kind === 'account' && by.userId === userId ? reject({ type: 'OwnRole' }) : decide(person);
};

const personData = ({ accountId, organizationId }: OpenedAccount, userId: string, role: AccountRole) => ({
  accountId,
  organizationId,
  userId,
  role,
});

/** Account users may come last: organization users reach every account. */
export const addUser = ({ data: { userId, role, by } }: AddAccountUser, state: OpenedAccount): Decided => {
  if (state.warehouses.size === 0) return reject({ type: 'DependencyMissing', missing: [enabledWarehouse(state.accountId)] });
  if (!mayGrantInAccount(by, role)) return reject({ type: 'RoleAboveOwn', role });
  if (state.users.has(userId)) return reject({ type: 'AccountUserAlreadyThere', userId });
  return accept({ type: 'AccountUserAdded', data: personData(state, userId, role) });
};

export const changeRole = ({ data }: ChangeAccountRole, state: OpenedAccount): Decided =>
  changing(state, data, [data.role], ({ role, active }) => {
    if (role === data.role) return accept();
    return (
      lastAdministrator(state, data.userId) ??
      accept({ type: 'AccountRoleChanged', data: { ...personData(state, data.userId, data.role), active } })
    );
  });

export const deactivateUser = ({ data }: DeactivateAccountUser, state: OpenedAccount): Decided =>
  changing(state, data, [], ({ role, active }) => {
    if (!active) return accept();
    return lastAdministrator(state, data.userId) ?? accept({ type: 'AccountUserDeactivated', data: personData(state, data.userId, role) });
  });

export const reactivateUser = ({ data }: ReactivateAccountUser, state: OpenedAccount): Decided =>
  changing(state, data, [], ({ role, active }) =>
    active ? accept() : accept({ type: 'AccountUserReactivated', data: personData(state, data.userId, role) }),
  );
