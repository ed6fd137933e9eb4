import { accept, reject, type Decision } from '@stockproof/decider';
import { isLastWith, type Member } from '../members';
import { isNoLower, mayGrantInOrganization, type Granter, type OrganizationRole } from '../roles';
import type {
  AddOrganizationUser,
  ChangeOrganizationRole,
  DeactivateOrganizationUser,
  ReactivateOrganizationUser,
} from './organization.commands';
import type { OrganizationEvent } from './organization.events';
import type { OrganizationRejection } from './organization.rejections';
import type { ExistingOrganization } from './organization.state';

type Decided = Decision<OrganizationEvent, OrganizationRejection>;
type Asked = { readonly userId: string; readonly by: Granter };

const lastOfItsKind = (state: ExistingOrganization, userId: string): Decided | null => {
  if (isLastWith(state.users, userId, 'owner')) return reject({ type: 'LastOwner' });
  if (isLastWith(state.users, userId, 'administrator')) return reject({ type: 'LastAdministrator' });
  return null;
};

/** Nobody touches a role above their own, nor their own. */
const changing = (
  state: ExistingOrganization,
  { userId, by }: Asked,
  wanted: readonly OrganizationRole[],
  decide: (person: Member<OrganizationRole>) => Decided,
): Decided => {
  const person = state.users.get(userId);
  const tooHigh = [...wanted, ...(person ? [person.role] : [])].find((role) => !mayGrantInOrganization(by, role));
  if (tooHigh) return reject({ type: 'RoleAboveOwn', role: tooHigh });
  if (!person) return reject({ type: 'UserUnknown', userId });
  return by.kind === 'organization' && by.userId === userId ? reject({ type: 'OwnRole' }) : decide(person);
};

export const addUser = ({ data: { userId, role, by } }: AddOrganizationUser, state: ExistingOrganization): Decided => {
  if (!mayGrantInOrganization(by, role)) return reject({ type: 'RoleAboveOwn', role });
  if (state.users.has(userId)) return reject({ type: 'UserAlreadyThere', userId });
  return accept({ type: 'OrganizationUserAdded', data: { organizationId: state.organizationId, userId, role } });
};

export const changeRole = ({ data }: ChangeOrganizationRole, state: ExistingOrganization): Decided =>
  changing(state, data, [data.role], ({ role: before, active }) => {
    const { userId, role } = data;
    if (before === role) return accept();
    const last = isNoLower(before, role) ? null : lastOfItsKind(state, userId);
    return last ?? accept({ type: 'OrganizationRoleChanged', data: { organizationId: state.organizationId, userId, role, active } });
  });

export const deactivateUser = ({ data }: DeactivateOrganizationUser, state: ExistingOrganization): Decided =>
  changing(state, data, [], ({ role, active }) => {
    if (!active) return accept();
    const { organizationId } = state;
    return (
      lastOfItsKind(state, data.userId) ??
      accept({ type: 'OrganizationUserDeactivated', data: { organizationId, userId: data.userId, role } })
    );
  });

export const reactivateUser = ({ data }: ReactivateOrganizationUser, state: ExistingOrganization): Decided =>
  changing(state, data, [], ({ role, active }) => {
    const { organizationId } = state;
    return active ? accept() : accept({ type: 'OrganizationUserReactivated', data: { organizationId, userId: data.userId, role } });
  });
