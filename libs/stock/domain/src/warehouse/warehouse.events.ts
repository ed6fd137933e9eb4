import type { Event } from '@stockproof/decider';
import type { Instant, OrganizationId, WarehouseId } from '@stockproof/vocabulary';

/** What tenancy said of a warehouse, kept here so that virtual figures can be rebuilt from this log alone. */
export type WarehouseDescribed = Event<
  'WarehouseDescribed',
  {
    organizationId: OrganizationId;
    warehouseId: WarehouseId;
    code: string;
    name: string;
    kind: 'physical' | 'virtual';
    members: readonly WarehouseId[];
    sequence: number;
    decidedAt: Instant;
  }
>;

/** A virtual warehouse has other members from now on. */
export type WarehouseMembersReplaced = Event<
  'WarehouseMembersReplaced',
  { organizationId: OrganizationId; warehouseId: WarehouseId; members: readonly WarehouseId[]; sequence: number; decidedAt: Instant }
>;

/** An account may use the warehouse. */
export type WarehouseEnabledForAccount = Event<
  'WarehouseEnabledForAccount',
  {
    accountId: string;
    warehouseId: WarehouseId;
    code: string;
    kind: 'physical' | 'virtual';
    members: readonly WarehouseId[];
    sequence: number;
    decidedAt: Instant;
  }
>;

/** An account no longer uses the warehouse. */
export type WarehouseDisabledForAccount = Event<
  'WarehouseDisabledForAccount',
  { accountId: string; warehouseId: WarehouseId; sequence: number; decidedAt: Instant }
>;

export type WarehouseEvent = WarehouseDescribed | WarehouseMembersReplaced | WarehouseEnabledForAccount | WarehouseDisabledForAccount;
