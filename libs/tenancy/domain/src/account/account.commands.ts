import type { Command } from '@stockproof/decider';
import type { AccountId, OrganizationId, WarehouseId } from '@stockproof/vocabulary';
import type { ChosenChoices } from '../choices';
import type { AccountRole, Granter } from '../roles';
import type { InheritableSettings, OwnSettings, SettingName } from '../settings';
import type { FulfillmentChannel, SalesChannel } from './account.events';

export type OpenAccount = Command<
  'OpenAccount',
  {
    accountId: AccountId;
    organizationId: OrganizationId;
    code: string;
    name: string;
    licence: 'standard' | 'basic';
    inherited: InheritableSettings;
  }
>;
export type FollowName = Command<'FollowName', { name: string }>;
/** What the organization hands down from now on. */
export type InheritDefaults = Command<'InheritDefaults', { inherited: InheritableSettings }>;
/** `set` becomes the account's own, `inherit` is no longer; absent: as it was. */
export type ChooseSettings = Command<
  'ChooseSettings',
  {
    set: OwnSettings;
    inherit: readonly SettingName[];
    readonly defaultWarehouseId?: WarehouseId | null;
    readonly choices?: ChosenChoices;
  }
>;

/** A warehouse as the organization describes it, and at which revision of the organization. */
export type DescribedWarehouse = {
  readonly warehouseId: WarehouseId;
  readonly code: string;
  readonly kind: 'physical' | 'virtual';
  readonly priority: number;
  readonly members: readonly WarehouseId[];
  readonly organizationRevision: number;
};
export type EnableWarehouse = Command<'EnableWarehouse', DescribedWarehouse & { readonly channel: FulfillmentChannel | null }>;
/** The organization has edited a warehouse or its members. */
export type FollowWarehouse = Command<
  'FollowWarehouse',
  { warehouseId: WarehouseId; priority: number; members: readonly WarehouseId[]; organizationRevision: number }
>;
/** What other services have there, as known here by a copy. */
export type WarehouseUse = { readonly what: 'stock' | 'open-shipments' | 'open-purchase-orders'; readonly count: number };
export type DisableWarehouse = Command<'DisableWarehouse', { warehouseId: WarehouseId; uses: readonly WarehouseUse[] }>;

export type AddAccountUser = Command<'AddAccountUser', { userId: string; role: AccountRole; by: Granter }>;
export type ChangeAccountRole = Command<'ChangeAccountRole', { userId: string; role: AccountRole; by: Granter }>;
export type DeactivateAccountUser = Command<'DeactivateAccountUser', { userId: string; by: Granter }>;
export type ReactivateAccountUser = Command<'ReactivateAccountUser', { userId: string; by: Granter }>;

export type CreateSalesChannel = Command<'CreateSalesChannel', SalesChannel>;
/** Absent: as it was. Code and connector never change. */
export type EditSalesChannel = Command<
  'EditSalesChannel',
  { channelId: string; changes: Partial<Omit<SalesChannel, 'channelId' | 'code' | 'connector'>> }
>;

export type DisableAccount = Command<'DisableAccount', Record<never, never>>;
export type EnableAccount = Command<'EnableAccount', Record<never, never>>;

export type AccountCommand =
  | OpenAccount
  | FollowName
  | InheritDefaults
  | ChooseSettings
  | EnableWarehouse
  | FollowWarehouse
  | DisableWarehouse
  | AddAccountUser
  | ChangeAccountRole
  | DeactivateAccountUser
  | ReactivateAccountUser
  | CreateSalesChannel
  | EditSalesChannel
  | DisableAccount
  | EnableAccount;
