import type { JsonObject } from '@stockproof/decider';
import type { AtWarehouse, Ended, ExpectedGoods, Grant, Item, OpenAllocation } from './item.state';

/** Raised whenever the shape below or the meaning of the state changes; older snapshots are then not used. */
export const itemSnapshotVersion = 5;

type GrantRow = Omit<Grant, 'allocationIds'> & { readonly allocationIds: readonly string[] };
type ItemSnapshot = {
  readonly sku: string | null;
  readonly events: number;
  readonly roseAt: number;
  readonly warehouses: readonly (readonly [string, AtWarehouse])[];
  readonly grants: readonly (readonly [string, GrantRow])[];
  readonly allocations: readonly (readonly [string, OpenAllocation])[];
  readonly closed: readonly (readonly [string, string])[];
  readonly ended: readonly (readonly [string, Ended])[];
  readonly expected: readonly (readonly [string, ExpectedGoods])[];
  readonly receipts: readonly string[];
};

export const itemToJson = (item: Item): JsonObject => {
  const snapshot: ItemSnapshot = {
    sku: item.sku,
    events: item.events,
    roseAt: item.roseAt,
    warehouses: [...item.warehouses],
    grants: [...item.grants].map(([key, grant]) => [key, { ...grant, allocationIds: [...grant.allocationIds] }] as const),
    allocations: [...item.allocations],
    closed: [...item.closed],
    ended: [...item.ended],
    expected: [...item.expected],
    receipts: [...item.receipts],
  };
  return snapshot;
};

export const itemFromJson = (json: JsonObject): Item => {
  const snapshot = structuredClone(json) as ItemSnapshot;
  return {
    sku: snapshot.sku,
    events: snapshot.events,
    roseAt: snapshot.roseAt,
    warehouses: new Map(snapshot.warehouses),
    grants: new Map(snapshot.grants.map(([key, grant]) => [key, { ...grant, allocationIds: new Set(grant.allocationIds) }])),
    allocations: new Map(snapshot.allocations),
    closed: new Map(snapshot.closed),
    ended: new Map(snapshot.ended),
    expected: new Map(snapshot.expected),
    receipts: new Set(snapshot.receipts),
  };
};
