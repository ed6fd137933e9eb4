import type { Event } from '@stockproof/decider';
import type { AccountId, OrganizationId, WarehouseId } from '@stockproof/vocabulary';
import type { OrganizationRole } from '../roles';
import type { InheritableSettings } from '../settings';

export type WarehouseKind = 'physical' | 'virtual';

/** Where a warehouse stands; a business address, not a person's. */
export type Address = {
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  readonly region: string | null;
  readonly postalCode: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
};

export type OrganizationCreated = Event<
  'OrganizationCreated',
  { organizationId: OrganizationId; name: string; licenceOwner: string | null; defaults: InheritableSettings }
>;
export type OrganizationRenamed = Event<'OrganizationRenamed', { name: string }>;
/** Always all defaults. */
export type DefaultsChanged = Event<'DefaultsChanged', { organizationId: OrganizationId; defaults: InheritableSettings }>;

type Person = { organizationId: OrganizationId; userId: string; role: OrganizationRole };
export type OrganizationUserAdded = Event<'OrganizationUserAdded', Person>;
export type OrganizationRoleChanged = Event<'OrganizationRoleChanged', Person & { active: boolean }>;
export type OrganizationUserDeactivated = Event<'OrganizationUserDeactivated', Person>;
export type OrganizationUserReactivated = Event<'OrganizationUserReactivated', Person>;

export type WarehouseDetails = {
  readonly name: string;
  readonly priority: number;
  readonly timeZone: string;
  readonly address: Address | null;
};
export type WarehouseCreated = Event<
  'WarehouseCreated',
  {
    organizationId: OrganizationId;
    warehouseId: WarehouseId;
    code: string;
    kind: WarehouseKind;
    members: readonly WarehouseId[];
  } & WarehouseDetails
>;
export type WarehouseEdited = Event<'WarehouseEdited', { organizationId: OrganizationId; warehouseId: WarehouseId } & WarehouseDetails>;
export type MembersChanged = Event<
  'MembersChanged',
  { organizationId: OrganizationId; warehouseId: WarehouseId; members: readonly WarehouseId[] }
>;
export type WarehouseArchived = Event<'WarehouseArchived', { warehouseId: WarehouseId }>;

export type AccountAdded = Event<
  'AccountAdded',
  {
    organizationId: OrganizationId;
    accountId: AccountId;
    code: string;
    name: string;
    licence: 'standard' | 'basic';
    defaults: InheritableSettings;
  }
>;
export type AccountRenamed = Event<'AccountRenamed', { accountId: AccountId; name: string }>;

export type OrganizationEvent =
  | OrganizationCreated
  | OrganizationRenamed
  | DefaultsChanged
  | OrganizationUserAdded
  | OrganizationRoleChanged
  | OrganizationUserDeactivated
  | OrganizationUserReactivated
  | WarehouseCreated
  | WarehouseEdited
  | MembersChanged
  | WarehouseArchived
  | AccountAdded
  | AccountRenamed;
