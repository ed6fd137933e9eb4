import type { Instant, WarehouseId } from '@stockproof/vocabulary';
import type { AtWarehouse } from './item.state';
import { changeOf, type QuantityName, type StockChange } from './quantities';

export const changes = (...each: readonly (StockChange | null)[]): readonly StockChange[] => each.filter((change) => change !== null);

/** Movements at one time, and what they mean for the reports that had counted them already. */
export const flowChanges = (
  here: AtWarehouse,
  warehouseId: WarehouseId,
  when: Instant,
  by: { readonly [name in QuantityName]?: number },
): readonly StockChange[] => flowsInReports(here, warehouseId, changes(changeOf(warehouseId, when, by)));

/**
 * Flows at one warehouse, each at its time, such that every applied report stays true. What happened at or before a report is in its
 * figure already: total comes back at the first report that knew it, so that only the past before it changes and its discrepancy
 * shrinks. A report of sellable stock counted neither what was unsellable nor what the warehouse had taken on: as these change by
 * then, so does what was there.
 */
export const flowsInReports = (
  { reports }: AtWarehouse,
  warehouseId: WarehouseId,
  flows: readonly StockChange[],
): readonly StockChange[] => {
  let setRight = 0;
  const corrections = reports.map(({ takenAt, meaning }) => {
    const known = flows.filter((flow) => flow.at <= takenAt);
    const leftOut = meaning === 'available' ? sumOf(known, 'unsellable') + sumOf(known, 'accepted') : 0;
    const total = leftOut - sumOf(known, 'total') - setRight;
    setRight += total;
    return total === 0 ? null : ({ warehouseId, at: takenAt, total, inReport: true } as const);
  });
  return changes(...flows, ...corrections);
};

/** By how much these changes raise or lower one quantity in all. */
export const sumOf = (each: readonly StockChange[], name: QuantityName): number =>
  each.reduce((sum, change) => sum + (change[name] ?? 0), 0);
