import type { Rejection } from '@stockproof/decider';
import type { WarehouseId } from '@stockproof/vocabulary';
import type { MasterProductSource } from '../choices';
import type { DependencyMissing } from '../dependency-missing';
import type { WarehouseUse } from './account.commands';

export type AccountIsDisabled = Rejection<'AccountIsDisabled'>;

export type WarehousesNotEnabled = Rejection<'WarehousesNotEnabled', { warehouseIds: readonly WarehouseId[] }>;
export type VirtualWarehouseHasNoChannel = Rejection<'VirtualWarehouseHasNoChannel'>;
export type FulfillmentChannelMissing = Rejection<'FulfillmentChannelMissing'>;
/** A rule of what to publish of a warehouse that is not published at all. */
export type WarehousesNotPublished = Rejection<'WarehousesNotPublished', { warehouseIds: readonly WarehouseId[] }>;
/** Products cannot come from a channel that is not there. */
export type MasterProductSourceUnknown = Rejection<'MasterProductSourceUnknown', { source: MasterProductSource }>;
/** Everything that still needs the warehouse, each part empty where nothing does. */
export type WarehouseStillNeeded = Rejection<
  'WarehouseStillNeeded',
  {
    memberOf: readonly WarehouseId[];
    isDefault: boolean;
    isMasterProductSource: boolean;
    publishedTo: readonly string[];
    mappedBy: readonly string[];
    uses: readonly WarehouseUse[];
  }
>;

export type AccountUserUnknown = Rejection<'AccountUserUnknown', { userId: string }>;
export type AccountUserAlreadyThere = Rejection<'AccountUserAlreadyThere', { userId: string }>;
export type RoleAboveOwn = Rejection<'RoleAboveOwn', { role: string }>;
export type OwnRole = Rejection<'OwnRole'>;
export type LastAdministrator = Rejection<'LastAdministrator'>;

export type SalesChannelCodeTaken = Rejection<'SalesChannelCodeTaken', { code: string; takenBy: string }>;
export type SalesChannelUnknown = Rejection<'SalesChannelUnknown', { channelId: string }>;

export type AccountRejection =
  | DependencyMissing
  | AccountIsDisabled
  | WarehousesNotEnabled
  | WarehousesNotPublished
  | MasterProductSourceUnknown
  | VirtualWarehouseHasNoChannel
  | FulfillmentChannelMissing
  | WarehouseStillNeeded
  | AccountUserUnknown
  | AccountUserAlreadyThere
  | RoleAboveOwn
  | OwnRole
  | LastAdministrator
  | SalesChannelCodeTaken
  | SalesChannelUnknown;
