import { NotHeardYet } from '@stockproof/hearsay';
import type { AllocationTerms, Candidate, OrderLine } from '@stockproof/sales-domain';
import type { AccountSettingsV1 } from '@stockproof/tenancy-contracts';
import type { AccountId } from '@stockproof/vocabulary';
import type { KnownAccount, KnownWarehouse } from './known-account';

/** What an order says about where it may be served from. */
export type NamedWarehouses = { readonly warehouseId: string | null; readonly lines: readonly Pick<OrderLine, 'lineId' | 'warehouseId'>[] };

/**
 * From where the order may be served now: the warehouse that a line names, else the order's, else the account's default; a virtual
 * one stands for its members. A named warehouse that is not enabled gives no candidate: it never falls back. Throws `NotHeardYet` where
 * the default is not known: no account can disable it.
 */
export const allocationTerms = async (known: KnownAccount, accountId: AccountId, order: NamedWarehouses): Promise<AllocationTerms> => {
  const [settings, warehouses] = await Promise.all([known.settings(accountId), known.warehouses(accountId)]);
  const { defaultWarehouseId } = settings;
  const needsDefault = order.warehouseId === null && order.lines.some((line) => line.warehouseId === null);
  if (needsDefault && defaultWarehouseId !== null && physicalOf(warehouses, defaultWarehouseId).length === 0)
    throw new NotHeardYet(`the default warehouse ${defaultWarehouseId}`);
  return termsOf(settings, warehouses, order);
};

/** Of the warehouses that an order names, those that nobody can serve it from: the account has them not, or not enabled. */
export const unservable = (
  warehouses: readonly KnownWarehouse[],
  { warehouseId, lines }: { readonly warehouseId: string | null; readonly lines: readonly Pick<OrderLine, 'warehouseId'>[] },
): readonly string[] => {
  const named = [warehouseId, ...lines.map((line) => line.warehouseId)].filter((each) => each !== null);
  return [...new Set(named)].filter((each) => physicalOf(warehouses, each).length === 0);
};

const termsOf = (settings: AccountSettingsV1, warehouses: readonly KnownWarehouse[], order: NamedWarehouses): AllocationTerms => {
  const fallback = physicalOf(warehouses, order.warehouseId ?? settings.defaultWarehouseId);
  const ofLine = order.lines.map(
    (line) => [line.lineId, line.warehouseId === null ? fallback : physicalOf(warehouses, line.warehouseId)] as const,
  );
  const candidates = new Map(
    ofLine.flatMap(([, each]) => each.map((warehouse) => [warehouse.warehouse_id, candidateOf(warehouse)] as const)),
  );
  const isNamed = order.lines.some((line) => line.warehouseId !== null);
  return {
    // A line that nobody may serve lets none of the order go: better no answer than a wrong one.
    candidates: ofLine.every(([, each]) => each.length > 0) ? [...candidates.values()] : [],
    candidatesOfLine: isNamed
      ? Object.fromEntries(ofLine.map(([lineId, each]) => [lineId, each.map((warehouse) => warehouse.warehouse_id)]))
      : {},
    settings: allocationSettings(settings),
  };
};

/** A physical warehouse is itself, a virtual one its enabled members; an unknown one is none. */
const physicalOf = (warehouses: readonly KnownWarehouse[], warehouseId: string | null): readonly KnownWarehouse[] => {
  const named = warehouses.find((each) => each.warehouse_id === warehouseId);
  if (!named) return [];
  return named.kind === 'physical'
    ? [named]
    : warehouses.filter((each) => each.kind === 'physical' && named.members.includes(each.warehouse_id));
};

const allocationSettings = (settings: AccountSettingsV1): AllocationTerms['settings'] => ({
  allowSplitting: settings.allowSplitting,
  maximumShipments: settings.maximumShipments,
  allowLineSplit: settings.allowLineSplit,
  partial: settings.partialFulfillment,
  ...(settings.strictOrder ? { strictOrder: true } : {}),
});

/** A physical warehouse as stock is told of it. */
export const candidateOf = ({ warehouse_id, code, priority, channel }: KnownWarehouse): Candidate => ({
  warehouseId: warehouse_id,
  code,
  priority,
  checked: channel?.backOrderMode !== 'managed-by-warehouse',
});
