import { accept, reject, type Decider, type Decision } from '@stockproof/decider';
import { accountOf } from '../dependency-missing';
import type { AccountCommand, OpenAccount } from './account.commands';
import type { AccountEvent } from './account.events';
import { addUser, changeRole, deactivateUser, reactivateUser } from './account.people';
import type { AccountRejection } from './account.rejections';
import { createSalesChannel, editSalesChannel } from './account.sales-channels';
import { chooseSettings, inheritDefaults } from './account.settings';
import { evolveAccount, isOpened, noAccount, type AccountState, type OpenedAccount } from './account.state';
import { disableWarehouse, enableWarehouse, followWarehouse } from './account.warehouses';

type Decided = Decision<AccountEvent, AccountRejection>;
type LaterCommand = Exclude<AccountCommand, OpenAccount>;

/** Opened from the organization's own answer, which may be told twice. */
const open = ({ data }: OpenAccount): Decided =>
  accept({ type: 'AccountOpened', data: { ...data, defaultWarehouseId: null, choices: {}, effective: data.inherited } });

const followName = (name: string, { accountId, name: before }: OpenedAccount): Decided =>
  name === before ? accept() : accept({ type: 'AccountRenamedHere', data: { accountId, name } });

const decideOpened = (command: LaterCommand, state: OpenedAccount): Decided => {
  const { accountId, organizationId } = state;
  switch (command.type) {
    case 'FollowName':
      return followName(command.data.name, state);
    case 'InheritDefaults':
      return inheritDefaults(command, state);
    case 'ChooseSettings':
      return chooseSettings(command, state);
    case 'EnableWarehouse':
      return enableWarehouse(command, state);
    case 'FollowWarehouse':
      return followWarehouse(command, state);
    case 'DisableWarehouse':
      return disableWarehouse(command, state);
    case 'AddAccountUser':
      return addUser(command, state);
    case 'ChangeAccountRole':
      return changeRole(command, state);
    case 'DeactivateAccountUser':
      return deactivateUser(command, state);
    case 'ReactivateAccountUser':
      return reactivateUser(command, state);
    case 'CreateSalesChannel':
      return createSalesChannel(command, state);
    case 'EditSalesChannel':
      return editSalesChannel(command, state);
    case 'DisableAccount':
      return state.enabled ? accept({ type: 'AccountDisabled', data: { accountId, organizationId } }) : accept();
    case 'EnableAccount':
      return state.enabled ? accept() : accept({ type: 'AccountEnabled', data: { accountId, organizationId } });
  }
};

/** A disabled account changes only by being enabled and by what its organization decides. */
const reachDisabled: ReadonlySet<AccountCommand['type']> = new Set([
  'EnableAccount',
  'DisableAccount',
  'FollowName',
  'InheritDefaults',
  'FollowWarehouse',
]);

/** One account's settings, warehouses, people and sales channels. */
export const accountDecider: Decider<AccountState, AccountCommand, AccountEvent, AccountRejection> = {
  initialState: noAccount,
  evolve: evolveAccount,
  decide: (command, state) => {
    if (command.type === 'OpenAccount') return isOpened(state) ? accept() : open(command);
    if (!isOpened(state)) return reject({ type: 'DependencyMissing', missing: [accountOf('{organizationId}')] });
    if (!state.enabled && !reachDisabled.has(command.type)) return reject({ type: 'AccountIsDisabled' });
    return decideOpened(command, state);
  },
};
