import type { Rejection } from '@stockproof/decider';
import type { AccountId, WarehouseId } from '@stockproof/vocabulary';
import type { DependencyMissing } from '../dependency-missing';

export type OrganizationUnknown = Rejection<'OrganizationUnknown'>;
export type OrganizationAlreadyExists = Rejection<'OrganizationAlreadyExists'>;

export type UserUnknown = Rejection<'UserUnknown', { userId: string }>;
export type UserAlreadyThere = Rejection<'UserAlreadyThere', { userId: string }>;
export type RoleAboveOwn = Rejection<'RoleAboveOwn', { role: string }>;
export type OwnRole = Rejection<'OwnRole'>;
export type LastOwner = Rejection<'LastOwner'>;
export type LastAdministrator = Rejection<'LastAdministrator'>;

export type WarehouseCodeTaken = Rejection<'WarehouseCodeTaken', { code: string; takenBy: WarehouseId }>;
export type WarehousesUnknown = Rejection<'WarehousesUnknown', { warehouseIds: readonly WarehouseId[] }>;
export type PhysicalWarehouseHasNoMembers = Rejection<'PhysicalWarehouseHasNoMembers'>;
/** All that is wrong with the members, each list empty where nothing is. */
export type MembersUnusable = Rejection<
  'MembersUnusable',
  {
    tooFew: boolean;
    unknown: readonly WarehouseId[];
    notPhysical: readonly WarehouseId[];
    archived: readonly WarehouseId[];
    twice: readonly WarehouseId[];
  }
>;
export type MembersNotEnabled = Rejection<
  'MembersNotEnabled',
  { missing: readonly { readonly accountId: AccountId; readonly warehouseId: WarehouseId }[] }
>;
export type WarehouseInUse = Rejection<'WarehouseInUse', { enabledIn: readonly AccountId[]; memberOf: readonly WarehouseId[] }>;

export type AccountUnknown = Rejection<'AccountUnknown', { accountId: AccountId }>;
export type AccountNameTaken = Rejection<'AccountNameTaken', { name: string; takenBy: AccountId }>;
export type AccountCodeTaken = Rejection<'AccountCodeTaken', { code: string; takenBy: AccountId }>;
export type NameGivesNoCode = Rejection<'NameGivesNoCode', { name: string }>;

export type OrganizationRejection =
  | OrganizationUnknown
  | OrganizationAlreadyExists
  | UserUnknown
  | UserAlreadyThere
  | RoleAboveOwn
  | OwnRole
  | LastOwner
  | LastAdministrator
  | WarehouseCodeTaken
  | WarehousesUnknown
  | PhysicalWarehouseHasNoMembers
  | MembersUnusable
  | MembersNotEnabled
  | WarehouseInUse
  | AccountUnknown
  | AccountNameTaken
  | AccountCodeTaken
  | NameGivesNoCode
  | DependencyMissing;
