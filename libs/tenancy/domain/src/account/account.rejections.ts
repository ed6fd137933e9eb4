import type { Rejection } from '@stockproof/decider';
import type { WarehouseId } from '@stockproof/vocabulary';
import type { DependencyMissing } from '../dependency-missing';
import type { WarehouseUse } from './account.commands';

export type AccountIsDisabled = Rejection<'AccountIsDisabled'>;

export type WarehousesNotEnabled = Rejection<'WarehousesNotEnabled', { warehouseIds: readonly WarehouseId[] }>;
export type VirtualWarehouseHasNoChannel = Rejection<'VirtualWarehouseHasNoChannel'>;
export type FulfillmentChannelMissing = Rejection<'FulfillmentChannelMissing'>;
/** Everything that still needs the warehouse, each part empty where nothing does. */
export type WarehouseStillNeeded = Rejection<
  'WarehouseStillNeeded',
  { memberOf: readonly WarehouseId[]; isDefault: boolean; publishedTo: readonly string[]; uses: readonly WarehouseUse[] }
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
