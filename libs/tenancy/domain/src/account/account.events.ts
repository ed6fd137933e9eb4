import type { Event } from '@stockproof/decider';
import type { AccountId, OrganizationId, WarehouseId } from '@stockproof/vocabulary';
import type { ChosenChoices } from '../choices';
import type { AccountRole } from '../roles';
import type { InheritableSettings, OwnSettings } from '../settings';

/** Jobs of a channel run only while it is active. */
export type ChannelStatus = 'being-set-up' | 'active' | 'paused' | 'disabled';

/** Milliseconds between two runs by kind of job; `null`: only when asked for; absent: as the job has it. */
export type JobPeriodsMs = { readonly [kind: string]: number | null };

type CarrierService = { readonly carrierCode: string; readonly serviceCode: string };

/** What stands behind a physical warehouse of this account. */
export type FulfillmentChannel = {
  readonly channelId: string;
  /** `none`: shipments and receipts are confirmed by hand. */
  readonly applicationType: 'none' | 'connector';
  readonly connector: string | null;
  readonly backOrderMode: 'managed-here' | 'managed-by-warehouse';
  readonly reportMeaning: 'on-hand' | 'available';
  readonly finalReceipts: boolean;
  readonly endpointUrl: string | null;
  /** Encrypted before it came here. */
  readonly sealedCredentials: string | null;
  readonly status: ChannelStatus;
  readonly jobPeriodsMs: JobPeriodsMs;
  /** Our carrier services and what the warehouse calls them. */
  readonly carrierMappings: readonly (CarrierService & { readonly theirs: CarrierService })[];
};

export type EnabledWarehouse = {
  readonly warehouseId: WarehouseId;
  readonly code: string;
  readonly kind: 'physical' | 'virtual';
  readonly priority: number;
  readonly members: readonly WarehouseId[];
  readonly channel: FulfillmentChannel | null;
};

/** How stock goes to a shop: not at all, as it changes, or all of it each time; per published warehouse, which part of it. */
export type StockPublication = {
  readonly mode: 'off' | 'changes' | 'full';
  readonly rules: readonly {
    readonly warehouseId: WarehouseId;
    readonly buffer: number;
    readonly percentage: number;
    readonly cap: number | null;
    readonly excludedSkus: readonly string[];
  }[];
};

export type SalesChannel = {
  readonly channelId: string;
  readonly code: string;
  readonly name: string;
  readonly connector: string;
  readonly endpointUrl: string | null;
  /** Encrypted before it came here. */
  readonly sealedCredentials: string | null;
  readonly defaultOrderStatus: 'draft' | 'approved' | null;
  readonly holdDelayMs: number | null;
  readonly publishedWarehouses: readonly WarehouseId[];
  readonly status: ChannelStatus;
  readonly jobPeriodsMs: JobPeriodsMs;
  /** The shop's codes of carrier services and what they mean here. */
  readonly carrierMappings: readonly (CarrierService & { readonly theirs: string })[];
  /** The shop's codes of warehouses. */
  readonly warehouseMappings: readonly { readonly theirs: string; readonly warehouseId: WarehouseId }[];
  readonly stockPublication: StockPublication;
};

/** `effective`: what holds, so that others need not know where it comes from. `choices`: absent before there were any. */
type Settings = {
  accountId: AccountId;
  defaultWarehouseId: WarehouseId | null;
  effective: InheritableSettings;
  readonly choices?: ChosenChoices;
};

export type AccountOpened = Event<
  'AccountOpened',
  Settings & { organizationId: OrganizationId; code: string; name: string; licence: 'standard' | 'basic'; inherited: InheritableSettings }
>;
export type AccountRenamedHere = Event<'AccountRenamedHere', { accountId: AccountId; name: string }>;
export type DefaultsInherited = Event<'DefaultsInherited', Settings & { inherited: InheritableSettings }>;
export type SettingsChosen = Event<'SettingsChosen', Settings & { own: OwnSettings }>;

export type WarehouseEnabled = Event<'WarehouseEnabled', EnabledWarehouse & { accountId: AccountId }>;
/** Its fulfillment channel, its priority or its members are others now. */
export type EnabledWarehouseChanged = Event<'EnabledWarehouseChanged', EnabledWarehouse & { accountId: AccountId }>;
export type WarehouseDisabled = Event<'WarehouseDisabled', { accountId: AccountId; warehouseId: WarehouseId }>;
/** What the organization last said of a warehouse, enabled here or not: whoever enables it with older knowledge gets this. */
export type WarehouseFollowed = Event<
  'WarehouseFollowed',
  { warehouseId: WarehouseId; priority: number; members: readonly WarehouseId[]; organizationRevision: number }
>;

type Person = { accountId: AccountId; organizationId: OrganizationId; userId: string; role: AccountRole };
export type AccountUserAdded = Event<'AccountUserAdded', Person>;
export type AccountRoleChanged = Event<'AccountRoleChanged', Person & { active: boolean }>;
export type AccountUserDeactivated = Event<'AccountUserDeactivated', Person>;
export type AccountUserReactivated = Event<'AccountUserReactivated', Person>;

export type SalesChannelCreated = Event<'SalesChannelCreated', SalesChannel & { accountId: AccountId }>;
export type SalesChannelEdited = Event<'SalesChannelEdited', SalesChannel & { accountId: AccountId }>;

export type AccountDisabled = Event<'AccountDisabled', { accountId: AccountId; organizationId: OrganizationId }>;
export type AccountEnabled = Event<'AccountEnabled', { accountId: AccountId; organizationId: OrganizationId }>;

export type AccountEvent =
  | AccountOpened
  | AccountRenamedHere
  | DefaultsInherited
  | SettingsChosen
  | WarehouseEnabled
  | EnabledWarehouseChanged
  | WarehouseDisabled
  | WarehouseFollowed
  | AccountUserAdded
  | AccountRoleChanged
  | AccountUserDeactivated
  | AccountUserReactivated
  | SalesChannelCreated
  | SalesChannelEdited
  | AccountDisabled
  | AccountEnabled;
