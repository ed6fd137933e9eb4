import type { Command } from '@stockproof/decider';
import type { AccountId, OrganizationId, WarehouseId } from '@stockproof/vocabulary';
import type { Granter, OrganizationRole } from '../roles';
import type { OwnSettings } from '../settings';
import type { Address, WarehouseKind } from './organization.events';

export type CreateOrganization = Command<
  'CreateOrganization',
  { organizationId: OrganizationId; name: string; timeZone: string; licenceOwner: string | null; ownerId: string }
>;
export type RenameOrganization = Command<'RenameOrganization', { name: string }>;
export type ChangeDefaults = Command<'ChangeDefaults', { defaults: OwnSettings }>;

export type AddOrganizationUser = Command<'AddOrganizationUser', { userId: string; role: OrganizationRole; by: Granter }>;
export type ChangeOrganizationRole = Command<'ChangeOrganizationRole', { userId: string; role: OrganizationRole; by: Granter }>;
export type DeactivateOrganizationUser = Command<'DeactivateOrganizationUser', { userId: string; by: Granter }>;
export type ReactivateOrganizationUser = Command<'ReactivateOrganizationUser', { userId: string; by: Granter }>;

export type CreateWarehouse = Command<
  'CreateWarehouse',
  {
    warehouseId: WarehouseId;
    code: string;
    name: string;
    kind: WarehouseKind;
    priority: number;
    timeZone: string | null;
    address: Address | null;
    members: readonly WarehouseId[];
  }
>;
/** Absent: as it was. */
export type EditWarehouse = Command<
  'EditWarehouse',
  {
    warehouseId: WarehouseId;
    changes: { readonly name?: string; readonly priority?: number; readonly timeZone?: string; readonly address?: Address | null };
  }
>;
/** `enabledIn`: for each account that has the virtual warehouse enabled, all warehouses that it has enabled. */
export type ChangeMembers = Command<
  'ChangeMembers',
  {
    warehouseId: WarehouseId;
    members: readonly WarehouseId[];
    enabledIn: readonly { readonly accountId: AccountId; readonly warehouseIds: readonly WarehouseId[] }[];
  }
>;
/** `enabledIn`: the accounts that have it enabled. */
export type ArchiveWarehouse = Command<'ArchiveWarehouse', { warehouseId: WarehouseId; enabledIn: readonly AccountId[] }>;

export type AddAccount = Command<'AddAccount', { accountId: AccountId; name: string; licence: 'standard' | 'basic' }>;
export type RenameAccount = Command<'RenameAccount', { accountId: AccountId; name: string }>;

export type OrganizationCommand =
  | CreateOrganization
  | RenameOrganization
  | ChangeDefaults
  | AddOrganizationUser
  | ChangeOrganizationRole
  | DeactivateOrganizationUser
  | ReactivateOrganizationUser
  | CreateWarehouse
  | EditWarehouse
  | ChangeMembers
  | ArchiveWarehouse
  | AddAccount
  | RenameAccount;
