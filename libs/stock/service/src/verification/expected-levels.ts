import { available, type ItemEvent } from '@stockproof/stock-domain';
import type { Placed } from './subjects';
import type { Row } from './comparing-rows';

const counted = ['total', 'unsellable', 'allocated', 'held', 'incoming'] as const;
export type LevelRow = Row & {
  readonly warehouse_id: string;
  readonly sku: string;
  readonly position: string;
  readonly publishable: number;
} & Record<(typeof counted)[number], number>;

/** Levels of one SKU by warehouse, as the log makes them: physical ones are sums of differences. */
export type LevelSums = ReadonlyMap<string, LevelRow>;

/** Adds an event to the levels. */
export const addToLevels = (levels: Map<string, LevelRow>, { event, position }: Placed<ItemEvent>): void => {
  for (const change of event.data.changes) {
    const before = levels.get(change.warehouseId);
    const sum = Object.fromEntries(counted.map((name) => [name, (before?.[name] ?? 0) + (change[name] ?? 0)])) as Pick<
      LevelRow,
      (typeof counted)[number]
    >;
    const left = available(sum);
    levels.set(change.warehouseId, {
      warehouse_id: change.warehouseId,
      sku: before?.sku ?? event.data.sku,
      kind: 'physical',
      ...sum,
      available: left,
      publishable: Math.max(0, left),
      position,
    });
  }
};

/**
 * With the virtual ones: each the sum over those of its members that have any. `spelled`: how the view spells the SKU there; where
 * members spell it differently any of theirs will do, for which comes first is the database's order of texts, not ours.
 */
export const withVirtual = (
  levels: LevelSums,
  members: ReadonlyMap<string, readonly string[]>,
  spelled: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, Row> => {
  const all = new Map<string, Row>(levels);
  for (const [warehouseId, ids] of members) {
    const own = ids.flatMap((id) => levels.get(id) ?? []);
    if (own.length === 0) continue;
    const sum = Object.fromEntries(counted.map((name) => [name, own.reduce((total, row) => total + row[name], 0)])) as Pick<
      LevelRow,
      (typeof counted)[number]
    >;
    all.set(warehouseId, {
      warehouse_id: warehouseId,
      kind: 'virtual',
      sku: (own.find((row) => row.sku === spelled.get(warehouseId)) ?? own[0])?.sku,
      ...sum,
      available: available(sum),
      publishable: own.reduce((total, row) => total + row.publishable, 0),
      position: own.map((row) => row.position).reduce((last, each) => (each > last ? each : last)),
    });
  }
  return all;
};
