import type { Sku, WarehouseId } from '@stockproof/vocabulary';
import type { Outcome } from '../allocation-rule/allocation-rule';

/** What an order gets from where. */
export type Given = Pick<Outcome, 'choices'>;

/** One line at one warehouse: how much it got, and how much it would get. */
export type LineDifference = {
  readonly lineId: string;
  readonly sku: Sku;
  readonly warehouseId: WarehouseId;
  readonly recorded: number;
  readonly whatIf: number;
};

/** Where the answers differ, by line and warehouse; empty where they are the same. */
export const differencesOf = (recorded: Given, whatIf: Given): readonly LineDifference[] => {
  const all = new Map<string, { -readonly [name in keyof LineDifference]: LineDifference[name] }>();
  const add = (given: Given, name: 'recorded' | 'whatIf'): void => {
    for (const { lineId, sku, warehouseId, quantity } of given.choices) {
      const key = JSON.stringify([lineId, sku, warehouseId]);
      const row = all.get(key) ?? { lineId, sku, warehouseId, recorded: 0, whatIf: 0 };
      row[name] += quantity;
      all.set(key, row);
    }
  };
  add(recorded, 'recorded');
  add(whatIf, 'whatIf');
  return [...all.values()].filter((row) => row.recorded !== row.whatIf).sort(byPlace);
};

const byPlace = (a: LineDifference, b: LineDifference): number => compare(a.lineId, b.lineId) || compare(a.warehouseId, b.warehouseId);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** In how many shipments these choices leave. */
export const shipmentsOf = ({ choices }: Given): number => new Set(choices.map(({ warehouseId }) => warehouseId)).size;
