import { skuKey, type WarehouseId } from '@stockproof/vocabulary';
import type { Candidate, SeenItem, Wanted, WantedLine } from './allocation-rule';

/** What is left to give while a plan is made: candidate by candidate, SKU by SKU. */
export type StockView = {
  readonly free: (warehouseId: WarehouseId, line: WantedLine) => number;
  readonly take: (warehouseId: WarehouseId, line: WantedLine, quantity: number) => void;
};

const unlimited = Number.MAX_SAFE_INTEGER;

export const stockView = (wanted: Wanted, seen: readonly SeenItem[]): StockView => {
  const left = new Map<string, number>();
  for (const { sku, free } of seen)
    wanted.candidates.forEach((candidate, index) => left.set(`${candidate.warehouseId} ${skuKey(sku)}`, candidate.checked ? Math.max(0, free[index] ?? 0) : unlimited));
  const serves = (warehouseId: WarehouseId, line: WantedLine): boolean => line.candidates === undefined || line.candidates.includes(warehouseId);
  return {
    free: (warehouseId, line) => (serves(warehouseId, line) ? (left.get(`${warehouseId} ${skuKey(line.sku)}`) ?? 0) : 0),
    take: (warehouseId, line, quantity) => {
      const key = `${warehouseId} ${skuKey(line.sku)}`;
      left.set(key, (left.get(key) ?? 0) - quantity);
    },
  };
};

/** Candidates in the order in which they are tried: whole order alone, then priority, then spare stock, then code. */
export const inOrder = (wanted: Wanted, seen: readonly SeenItem[]): readonly Candidate[] => {
  const rank = new Map(
    wanted.candidates.map((candidate) => [
      candidate.warehouseId,
      { alone: coversAlone(wanted, seen, candidate.warehouseId) ? 0 : 1, spare: spare(wanted, seen, candidate.warehouseId) },
    ]),
  );
  const of = (candidate: Candidate) => rank.get(candidate.warehouseId) ?? { alone: 1, spare: 0 };
  return [...wanted.candidates].sort(
    (a, b) => of(a).alone - of(b).alone || a.priority - b.priority || of(b).spare - of(a).spare || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
  );
};

export const coversAlone = (wanted: Wanted, seen: readonly SeenItem[], warehouseId: WarehouseId): boolean => {
  const view = stockView(wanted, seen);
  return wanted.lines.every((line) => {
    if (view.free(warehouseId, line) < line.quantity) return false;
    view.take(warehouseId, line, line.quantity);
    return true;
  });
};

/** What would stay over after the order, summed over its SKUs; unlimited stock counts as none to spare. */
const spare = (wanted: Wanted, seen: readonly SeenItem[], warehouseId: WarehouseId): number => {
  const index = wanted.candidates.findIndex((candidate) => candidate.warehouseId === warehouseId);
  const free = seen.reduce((sum, item) => sum + Math.max(0, item.free[index] ?? 0), 0);
  return wanted.candidates[index]?.checked ? free - wanted.lines.reduce((sum, line) => sum + line.quantity, 0) : 0;
};
