import type { Fact } from '@stockproof/publishing';
import {
  accountAddedV1,
  organizationDefaultsChangedV1,
  userAccessChangedV1,
  virtualWarehouseMembersChangedV1,
  warehouseCreatedV1,
  warehouseEditedV1,
} from '@stockproof/tenancy-contracts';
import type { OrganizationEvent, OrganizationRole } from '@stockproof/tenancy-domain';
import { fact } from './facts-of';

type Person = { readonly organizationId: string; readonly userId: string; readonly role: OrganizationRole };

const access = ({ organizationId, userId, role }: Person, active: boolean): Fact =>
  fact(
    userAccessChangedV1,
    { userId, organizationId, installationAdministrator: false, organizationRole: role, accountRoles: [], active },
    userId,
    userId,
  );

/** What others hear of an organization. Its warehouses share one ordering key: a virtual one never comes before its members. */
export const organizationFacts = (event: OrganizationEvent): readonly Fact[] => {
  switch (event.type) {
    case 'OrganizationUserAdded':
    case 'OrganizationUserReactivated':
      return [access(event.data, true)];
    case 'OrganizationUserDeactivated':
      return [access(event.data, false)];
    case 'OrganizationRoleChanged':
      return [access(event.data, event.data.active)];
    case 'WarehouseCreated': {
      const { warehouseId, organizationId, code, name, kind, priority, timeZone, members } = event.data;
      return [
        fact(
          warehouseCreatedV1,
          { warehouseId, organizationId, code, name, kind, priority, timeZone, members: [...members] },
          warehouseId,
          organizationId,
        ),
      ];
    }
    case 'WarehouseEdited': {
      const { warehouseId, organizationId, name, priority, timeZone } = event.data;
      return [fact(warehouseEditedV1, { warehouseId, organizationId, name, priority, timeZone }, warehouseId, organizationId)];
    }
    case 'MembersChanged': {
      const { warehouseId, organizationId, members } = event.data;
      return [fact(virtualWarehouseMembersChangedV1, { warehouseId, organizationId, members: [...members] }, warehouseId, organizationId)];
    }
    case 'AccountAdded': {
      const { organizationId, accountId, code, name, licence, defaults } = event.data;
      return [fact(accountAddedV1, { organizationId, accountId, code, name, licence, defaults }, organizationId, organizationId)];
    }
    case 'DefaultsChanged': {
      const { organizationId, defaults } = event.data;
      return [fact(organizationDefaultsChangedV1, { organizationId, defaults }, organizationId, organizationId)];
    }
    case 'OrganizationCreated':
    case 'OrganizationRenamed':
    case 'WarehouseArchived':
    case 'AccountRenamed':
      return [];
  }
};

export const organizationEventTypes = [
  'OrganizationUserAdded',
  'OrganizationUserReactivated',
  'OrganizationUserDeactivated',
  'OrganizationRoleChanged',
  'WarehouseCreated',
  'WarehouseEdited',
  'MembersChanged',
  'AccountAdded',
  'DefaultsChanged',
] as const satisfies readonly OrganizationEvent['type'][];
