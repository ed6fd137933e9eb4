import { skuKey, type WarehouseId } from '@stockproof/vocabulary';
import type { Candidate, SeenItem, Wanted, WantedLine } from './allocation-rule';

/** What is left to give while a plan is made: candidate by candidate, SKU by SKU. */
export type StockView = {
  readonly free: (warehouseId: WarehouseId, line: WantedLine) => number;
  readonly take: (warehouseId: WarehouseId, line: WantedLine, quantity: number) => void;
};

const unlimited = Number.MAX_SAFE_INTEGER;

/**
 * A source of views on which nothing is taken yet. Hundreds of sets of warehouses are tried for a large order: SKUs and warehouses are
 * resolved to places in one table once, and a fresh view is a copy of it.
 */
export const stockViews = (wanted: Wanted, seen: readonly SeenItem[]): (() => StockView) => {
  const columns = new Map(wanted.candidates.map(({ warehouseId }, index) => [warehouseId, index]));
  const rows = new Map(seen.map(({ sku }, index) => [skuKey(sku), index]));
  const rowOf = new Map(wanted.lines.map(({ sku }) => [sku, rows.get(skuKey(sku))]));
  const width = wanted.candidates.length;
  const table = new Float64Array(seen.length * width);
  seen.forEach(({ free }, row) =>
    wanted.candidates.forEach(
      ({ checked }, column) => (table[row * width + column] = checked ? Math.max(0, free[column] ?? 0) : unlimited),
    ),
  );
  const placeOf = (warehouseId: WarehouseId, line: WantedLine): number =>
    (rowOf.get(line.sku) ?? Number.NaN) * width + (columns.get(warehouseId) ?? Number.NaN);
  return () => {
    const left = table.slice();
    return {
      free: (warehouseId, line) => (serves(warehouseId, line) ? (left[placeOf(warehouseId, line)] ?? 0) : 0),
      take: (warehouseId, line, quantity) => {
        const place = placeOf(warehouseId, line);
        left[place] = (left[place] ?? 0) - quantity;
      },
    };
  };
};

const serves = (warehouseId: WarehouseId, line: WantedLine): boolean =>
  line.candidates === undefined || line.candidates.includes(warehouseId);

/** Candidates in the order in which they are tried: whole order alone, then priority, then spare stock, then code. */
export const inOrder = (wanted: Wanted, seen: readonly SeenItem[], fresh: () => StockView): readonly Candidate[] => {
  const rank = new Map(
    wanted.candidates.map((candidate) => [
      candidate.warehouseId,
      { alone: coversAlone(wanted, fresh(), candidate.warehouseId) ? 0 : 1, spare: spare(wanted, seen, candidate.warehouseId) },
    ]),
  );
  const of = (candidate: Candidate) => rank.get(candidate.warehouseId) ?? { alone: 1, spare: 0 };
  return [...wanted.candidates].sort(
    (a, b) =>
      of(a).alone - of(b).alone || a.priority - b.priority || of(b).spare - of(a).spare || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
  );
};

export const coversAlone = (wanted: Wanted, view: StockView, warehouseId: WarehouseId): boolean =>
  wanted.lines.every((line) => {
    if (view.free(warehouseId, line) < line.quantity) return false;
    view.take(warehouseId, line, line.quantity);
    return true;
  });

/** What would stay over after the order, summed over its SKUs; unlimited stock counts as none to spare. */
const spare = (wanted: Wanted, seen: readonly SeenItem[], warehouseId: WarehouseId): number => {
  const index = wanted.candidates.findIndex((candidate) => candidate.warehouseId === warehouseId);
  const free = seen.reduce((sum, item) => sum + Math.max(0, item.free[index] ?? 0), 0);
  return wanted.candidates[index]?.checked ? free - wanted.lines.reduce((sum, line) => sum + line.quantity, 0) : 0;
};
