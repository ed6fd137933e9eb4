import type { AccountId, OrganizationId, WarehouseId } from '@stockproof/vocabulary';
import type { ChosenChoices } from '../choices';
import type { Members } from '../members';
import type { AccountRole } from '../roles';
import { builtInSettings, type InheritableSettings, type OwnSettings } from '../settings';
import { completeFulfillmentChannel, completeSalesChannel } from './account.channels';
import type { AccountEvent, EnabledWarehouse, SalesChannel } from './account.events';

export type FollowedWarehouse = {
  readonly priority: number;
  readonly members: readonly WarehouseId[];
  readonly organizationRevision: number;
};

export type AccountState = {
  /** `null`: not opened yet. */
  accountId: AccountId | null;
  organizationId: OrganizationId | null;
  code: string;
  name: string;
  enabled: boolean;
  own: OwnSettings;
  inherited: InheritableSettings;
  defaultWarehouseId: WarehouseId | null;
  choices: ChosenChoices;
  readonly warehouses: Map<WarehouseId, EnabledWarehouse>;
  readonly followed: Map<WarehouseId, FollowedWarehouse>;
  readonly users: Members<AccountRole>;
  readonly salesChannels: Map<string, SalesChannel>;
};

export type OpenedAccount = AccountState & { readonly accountId: AccountId; readonly organizationId: OrganizationId };

export const isOpened = (state: AccountState): state is OpenedAccount => state.accountId !== null && state.organizationId !== null;

export const noAccount = (): AccountState => ({
  accountId: null,
  organizationId: null,
  code: '',
  name: '',
  enabled: true,
  own: {},
  inherited: builtInSettings,
  defaultWarehouseId: null,
  choices: {},
  warehouses: new Map(),
  followed: new Map(),
  users: new Map(),
  salesChannels: new Map(),
});

const open = (state: AccountState, { data }: Extract<AccountEvent, { type: 'AccountOpened' }>): AccountState => {
  state.accountId = data.accountId;
  state.organizationId = data.organizationId;
  state.code = data.code;
  state.name = data.name;
  state.inherited = data.inherited;
  return state;
};

export const evolveAccount = (state: AccountState, event: AccountEvent): AccountState => {
  switch (event.type) {
    case 'AccountOpened':
      return open(state, event);
    case 'AccountRenamedHere':
      state.name = event.data.name;
      return state;
    case 'DefaultsInherited':
      state.inherited = event.data.inherited;
      return state;
    case 'SettingsChosen':
      state.own = event.data.own;
      state.defaultWarehouseId = event.data.defaultWarehouseId;
      state.choices = event.data.choices ?? {};
      return state;
    case 'WarehouseEnabled':
    case 'EnabledWarehouseChanged': {
      const { accountId: _, ...warehouse } = event.data;
      state.warehouses.set(warehouse.warehouseId, {
        ...warehouse,
        channel: warehouse.channel && completeFulfillmentChannel(warehouse.channel),
      });
      return state;
    }
    case 'WarehouseDisabled':
      state.warehouses.delete(event.data.warehouseId);
      return state;
    case 'WarehouseFollowed': {
      const { warehouseId, ...followed } = event.data;
      state.followed.set(warehouseId, followed);
      return state;
    }
    case 'AccountUserAdded':
    case 'AccountUserReactivated':
      state.users.set(event.data.userId, { role: event.data.role, active: true });
      return state;
    case 'AccountRoleChanged':
      state.users.set(event.data.userId, { role: event.data.role, active: event.data.active });
      return state;
    case 'AccountUserDeactivated':
      state.users.set(event.data.userId, { role: event.data.role, active: false });
      return state;
    case 'SalesChannelCreated':
    case 'SalesChannelEdited': {
      const { accountId: _, ...channel } = event.data;
      state.salesChannels.set(channel.channelId, completeSalesChannel(channel));
      return state;
    }
    case 'AccountDisabled':
      state.enabled = false;
      return state;
    case 'AccountEnabled':
      state.enabled = true;
      return state;
  }
};
