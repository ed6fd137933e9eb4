import type { ItemEvent, StockShortfallFound, UncoveredPromise } from './item.events';
import { at, type Item } from './item.state';
import { available, quantityNames, type Quantities, type StockChange } from './quantities';

/** Keeps the event well below what may be appended at once, however many promises are open; the rest is told as a sum. */
const promisesNamed = 1_000;

/** The event that follows changes which uncover promises: what the world takes away never becomes a silent negative. */
export const shortfallAfter = (item: Item, cause: ItemEvent): readonly StockShortfallFound[] => {
  const touched = [...new Set(cause.data.changes.map((change) => change.warehouseId))];
  return touched.flatMap((warehouseId) => {
    const before = missing(at(item, warehouseId).quantities);
    const after = missing(changed(at(item, warehouseId).quantities, cause.data.changes, warehouseId));
    const all = after > before ? newestPromises(item, warehouseId, after) : [];
    if (all.length === 0) return [];
    const { sku, decidedAt } = cause.data;
    const uncovered = all.slice(0, promisesNamed);
    const unlisted = all.slice(promisesNamed).reduce((sum, { quantity }) => sum + quantity, 0);
    return [
      {
        type: 'StockShortfallFound',
        data: { sku, changes: [], decidedAt, warehouseId, missing: after, uncovered, ...(unlisted > 0 ? { unlisted } : {}) },
      } as const,
    ];
  });
};

const missing = (quantities: Quantities): number => Math.max(0, -available(quantities));

const changed = (quantities: Quantities, changes: readonly StockChange[], warehouseId: string): Quantities => {
  const sum = { ...quantities };
  for (const change of changes) if (change.warehouseId === warehouseId) for (const name of quantityNames) sum[name] += change[name] ?? 0;
  return sum;
};

/** The promises made last are the first to be missed. */
const newestPromises = (item: Item, warehouseId: string, quantity: number): readonly UncoveredPromise[] => {
  const here = [...item.allocations.values()].filter((each) => each.warehouseId === warehouseId && !each.unchecked).reverse();
  const uncovered: UncoveredPromise[] = [];
  let left = quantity;
  for (const { orderId, allocationId, quantity: promised, shipped } of here) {
    if (left <= 0) break;
    const part = Math.min(left, promised - shipped);
    uncovered.push({ orderId, allocationId, quantity: part });
    left -= part;
  }
  return uncovered;
};
