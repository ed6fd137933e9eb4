import { accept, reject, type Decider, type Decision } from '@stockproof/decider';
import { builtInSettings, effectiveSettings, sameSettings } from '../settings';
import { addAccount, renameAccount } from './organization.accounts';
import type { ChangeDefaults, CreateOrganization, OrganizationCommand, RenameOrganization } from './organization.commands';
import type { OrganizationEvent } from './organization.events';
import { addUser, changeRole, deactivateUser, reactivateUser } from './organization.people';
import type { OrganizationRejection } from './organization.rejections';
import { evolveOrganization, isExisting, noOrganization, type ExistingOrganization, type OrganizationState } from './organization.state';
import { archiveWarehouse, changeMembers, createWarehouse, editWarehouse } from './organization.warehouses';

type Decided = Decision<OrganizationEvent, OrganizationRejection>;

/** An organization is never without an owner: its first one comes in the same command. */
const create = ({ data: { organizationId, name, timeZone, licenceOwner, ownerId } }: CreateOrganization): Decided =>
  accept(
    { type: 'OrganizationCreated', data: { organizationId, name, licenceOwner, defaults: { ...builtInSettings, timeZone } } },
    { type: 'OrganizationUserAdded', data: { organizationId, userId: ownerId, role: 'owner' } },
  );

const rename = ({ data: { name } }: RenameOrganization, state: ExistingOrganization): Decided =>
  state.name === name ? accept() : accept({ type: 'OrganizationRenamed', data: { name } });

const changeDefaults = ({ data }: ChangeDefaults, { organizationId, defaults: before }: ExistingOrganization): Decided => {
  const defaults = effectiveSettings(data.defaults, before);
  return sameSettings(before, defaults) ? accept() : accept({ type: 'DefaultsChanged', data: { organizationId, defaults } });
};

const decideExisting = (command: Exclude<OrganizationCommand, CreateOrganization>, state: ExistingOrganization): Decided => {
  switch (command.type) {
    case 'RenameOrganization':
      return rename(command, state);
    case 'ChangeDefaults':
      return changeDefaults(command, state);
    case 'AddOrganizationUser':
      return addUser(command, state);
    case 'ChangeOrganizationRole':
      return changeRole(command, state);
    case 'DeactivateOrganizationUser':
      return deactivateUser(command, state);
    case 'ReactivateOrganizationUser':
      return reactivateUser(command, state);
    case 'CreateWarehouse':
      return createWarehouse(command, state);
    case 'EditWarehouse':
      return editWarehouse(command, state);
    case 'ChangeMembers':
      return changeMembers(command, state);
    case 'ArchiveWarehouse':
      return archiveWarehouse(command, state);
    case 'AddAccount':
      return addAccount(command, state);
    case 'RenameAccount':
      return renameAccount(command, state);
  }
};

/** Users' roles, warehouses and account names of one organization: what must be unique or in order among them is decided here. */
export const organizationDecider: Decider<OrganizationState, OrganizationCommand, OrganizationEvent, OrganizationRejection> = {
  initialState: noOrganization,
  evolve: evolveOrganization,
  decide: (command, state) => {
    if (command.type === 'CreateOrganization') return isExisting(state) ? reject({ type: 'OrganizationAlreadyExists' }) : create(command);
    return isExisting(state) ? decideExisting(command, state) : reject({ type: 'OrganizationUnknown' });
  },
};
