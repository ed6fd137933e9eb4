import type { WarehouseState } from './warehouse-state';

/** Taken and not left yet: promised goods, which a warehouse that reports what is available leaves out. */
const promised = ({ openShipments }: WarehouseState): Map<string, number> => {
  const quantities = new Map<string, number>();
  for (const { lines, left } of openShipments) {
    for (const { lineNumber, sku, quantity } of lines)
      quantities.set(sku, (quantities.get(sku) ?? 0) + quantity - (left.get(lineNumber) ?? 0));
  }
  return quantities;
};

/** What the warehouse counts now, by its own meaning. What it never heard the quantity of is left out; nothing is below 0. */
export const levelReport = (state: WarehouseState, takenAt: string) => {
  const { meaning } = state.settings;
  const less = meaning === 'available' ? promised(state) : new Map<string, number>();
  return {
    takenAt,
    meaning,
    rows: [...state.onHand].map(([sku, quantity]) => ({ sku, quantity: Math.max(0, quantity - (less.get(sku) ?? 0)) })),
  };
};
