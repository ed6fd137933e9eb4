import type { AccountId, OrganizationId, WarehouseId } from '@stockproof/vocabulary';
import type { Members } from '../members';
import type { OrganizationRole } from '../roles';
import { builtInSettings, type InheritableSettings } from '../settings';
import type { OrganizationEvent, WarehouseDetails, WarehouseKind } from './organization.events';

export type Warehouse = WarehouseDetails & {
  readonly code: string;
  readonly kind: WarehouseKind;
  readonly members: readonly WarehouseId[];
  readonly archived: boolean;
};

export type OrganizationState = {
  /** `null`: not created yet. */
  organizationId: OrganizationId | null;
  name: string;
  defaults: InheritableSettings;
  readonly users: Members<OrganizationRole>;
  readonly warehouses: Map<WarehouseId, Warehouse>;
  readonly accounts: Map<AccountId, { readonly code: string; readonly name: string }>;
};

export type ExistingOrganization = OrganizationState & { readonly organizationId: OrganizationId };

export const isExisting = (state: OrganizationState): state is ExistingOrganization => state.organizationId !== null;

export const noOrganization = (): OrganizationState => ({
  organizationId: null,
  name: '',
  defaults: builtInSettings,
  users: new Map(),
  warehouses: new Map(),
  accounts: new Map(),
});

const editWarehouse = (state: OrganizationState, warehouseId: WarehouseId, changes: Partial<Warehouse>): void => {
  const warehouse = state.warehouses.get(warehouseId);
  if (warehouse) state.warehouses.set(warehouseId, { ...warehouse, ...changes });
};

export const evolveOrganization = (state: OrganizationState, event: OrganizationEvent): OrganizationState => {
  switch (event.type) {
    case 'OrganizationCreated':
      state.organizationId = event.data.organizationId;
      state.name = event.data.name;
      state.defaults = event.data.defaults;
      return state;
    case 'OrganizationRenamed':
      state.name = event.data.name;
      return state;
    case 'DefaultsChanged':
      state.defaults = event.data.defaults;
      return state;
    case 'OrganizationUserAdded':
    case 'OrganizationUserReactivated':
      state.users.set(event.data.userId, { role: event.data.role, active: true });
      return state;
    case 'OrganizationRoleChanged':
      state.users.set(event.data.userId, { role: event.data.role, active: event.data.active });
      return state;
    case 'OrganizationUserDeactivated':
      state.users.set(event.data.userId, { role: event.data.role, active: false });
      return state;
    case 'WarehouseCreated': {
      const { warehouseId, code, kind, members, name, priority, timeZone, address } = event.data;
      state.warehouses.set(warehouseId, { code, kind, members, name, priority, timeZone, address, archived: false });
      return state;
    }
    case 'WarehouseEdited': {
      const { warehouseId, name, priority, timeZone, address } = event.data;
      editWarehouse(state, warehouseId, { name, priority, timeZone, address });
      return state;
    }
    case 'MembersChanged':
      editWarehouse(state, event.data.warehouseId, { members: event.data.members });
      return state;
    case 'WarehouseArchived':
      editWarehouse(state, event.data.warehouseId, { archived: true });
      return state;
    case 'AccountAdded':
      state.accounts.set(event.data.accountId, { code: event.data.code, name: event.data.name });
      return state;
    case 'AccountRenamed': {
      const account = state.accounts.get(event.data.accountId);
      if (account) state.accounts.set(event.data.accountId, { ...account, name: event.data.name });
      return state;
    }
  }
};
