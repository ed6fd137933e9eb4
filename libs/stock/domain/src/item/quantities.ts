import type { Instant, WarehouseId } from '@stockproof/vocabulary';

/** What is counted per SKU and physical warehouse. `accepted`: the open part of allocated that the warehouse has taken on. */
export const quantityNames = ['total', 'unsellable', 'allocated', 'held', 'incoming', 'accepted'] as const;
export type QuantityName = (typeof quantityNames)[number];
export type Quantities = Record<QuantityName, number>;

/**
 * What one event changed at one warehouse, as signed differences that took effect at `at`. Figures at any moment, as known at any
 * moment, are sums of these in any order.
 */
export type StockChange = {
  readonly warehouseId: WarehouseId;
  readonly at: Instant;
  /** Sets right what the report taken at `at` made of a flow that we had yet to hear of. */
  readonly inReport?: true;
} & { readonly [name in QuantityName]?: number };

export const noQuantities = (): Quantities => ({ total: 0, unsellable: 0, allocated: 0, held: 0, incoming: 0, accepted: 0 });

/** What may still be promised; negative where the world took away what was promised already. */
export const available = (q: Pick<Quantities, 'total' | 'unsellable' | 'allocated' | 'held'>): number =>
  q.total - q.unsellable - q.allocated - q.held;

/** By how much a change raises what may be promised. */
export const availableRise = (change: StockChange): number =>
  (change.total ?? 0) - (change.unsellable ?? 0) - (change.allocated ?? 0) - (change.held ?? 0);

/** A change without its zeros: `null` when nothing is left. */
export const changeOf = (warehouseId: WarehouseId, at: Instant, by: { readonly [name in QuantityName]?: number }): StockChange | null => {
  const parts = quantityNames.filter((name) => (by[name] ?? 0) !== 0).map((name) => [name, by[name]] as const);
  return parts.length === 0 ? null : { warehouseId, at, ...Object.fromEntries(parts) };
};
