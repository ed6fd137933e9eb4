import { skuKey, type Instant, type Sku, type SkuKey, type WarehouseId } from '@stockproof/vocabulary';
import type { StockChange } from '../item/quantities';

/** What is at one place: `promised` is allocated and held together. */
export type Figures = { total: number; unsellable: number; promised: number };

/** One SKU at one warehouse, as it was and as it would be. */
export type SimulatedLevel = {
  readonly sku: Sku;
  readonly warehouseId: WarehouseId;
  readonly recorded: Readonly<Figures>;
  readonly whatIf: Readonly<Figures>;
};

type Place = { readonly recorded: Figures; readonly whatIf: Figures };

/** What became free or was taken away, of which a decision may not have known yet. */
type Unseen = { readonly revision: number; readonly warehouseId: WarehouseId; readonly by: number };

type SimulatedItem = { readonly sku: Sku; readonly places: Map<WarehouseId, Place>; unseen: Unseen[] };

/** When a SKU rose: at this revision of its item (0: by something that was only simulated). */
export type Rise = { readonly revision: number; readonly at: Instant };

/** So many changes of one SKU are remembered for decisions that had not seen them: far more than come between a look and its plan. */
const unseenKept = 50;

const nothing = (): Figures => ({ total: 0, unsellable: 0, promised: 0 });
const freeOf = ({ total, unsellable, promised }: Figures): number => total - unsellable - promised;

/** Items and their places, made when first heard of; and which SKUs have risen since their waiting orders were tried. */
const places = () => {
  const items = new Map<SkuKey, SimulatedItem>();
  const risen = new Map<SkuKey, Rise>();
  const itemOf = (sku: Sku): SimulatedItem => {
    const known = items.get(skuKey(sku));
    if (known) return known;
    const fresh: SimulatedItem = { sku, places: new Map(), unseen: [] };
    items.set(skuKey(sku), fresh);
    return fresh;
  };
  const placeOf = (sku: Sku, warehouseId: WarehouseId): Place => {
    const item = itemOf(sku);
    const known = item.places.get(warehouseId);
    if (known) return known;
    const fresh = { recorded: nothing(), whatIf: nothing() };
    item.places.set(warehouseId, fresh);
    return fresh;
  };
  const rise = (sku: Sku, seen: Rise): void => {
    const first = risen.get(skuKey(sku));
    risen.set(skuKey(sku), first === undefined ? seen : { ...first, revision: Math.min(first.revision, seen.revision) });
  };
  /** So much more is free, or less where it is negative. */
  const roseBy = (sku: Sku, warehouseId: WarehouseId, by: number, seen: Rise): void => {
    const item = itemOf(sku);
    item.unseen = [...item.unseen.slice(1 - unseenKept), { revision: seen.revision, warehouseId, by }];
    if (by > 0) rise(sku, seen);
  };
  return { items, risen, itemOf, placeOf, rise, roseBy };
};

export type SimulatedStock = ReturnType<typeof simulatedStock>;

/** Stock twice: as it was recorded, and as it is while decisions are taken otherwise. */
export const simulatedStock = () => {
  const { items, risen, itemOf, placeOf, rise, roseBy } = places();
  return {
    risen: risen as ReadonlyMap<SkuKey, Rise>,
    noteRise: (key: SkuKey, at: Instant): void => rise(key, { revision: 0, at }),
    tried: (key: SkuKey): void => void risen.delete(key),

    /** What the log says of an item, wholly. */
    record: (sku: Sku, changes: readonly StockChange[]): void => {
      for (const { warehouseId, total = 0, unsellable = 0, allocated = 0, held = 0 } of changes) {
        const { recorded } = placeOf(sku, warehouseId);
        recorded.total += total;
        recorded.unsellable += unsellable;
        recorded.promised += allocated + held;
      }
    },
    /** What the world changed, whatever was decided. */
    apply: (sku: Sku, changes: readonly Pick<StockChange, 'warehouseId' | 'total' | 'unsellable'>[], seen: Rise): void => {
      for (const { warehouseId, total = 0, unsellable = 0 } of changes) {
        const { whatIf } = placeOf(sku, warehouseId);
        whatIf.total += total;
        whatIf.unsellable += unsellable;
        const by = total - unsellable;
        if (by !== 0) roseBy(sku, warehouseId, by, seen);
      }
    },
    promise: (sku: Sku, warehouseId: WarehouseId, quantity: number): void => {
      placeOf(sku, warehouseId).whatIf.promised += quantity;
    },
    free: (sku: Sku, warehouseId: WarehouseId, quantity: number, seen: Rise): void => {
      placeOf(sku, warehouseId).whatIf.promised -= quantity;
      if (quantity > 0) roseBy(sku, warehouseId, quantity, seen);
    },
    /** Promised units leave. */
    ship: (sku: Sku, warehouseId: WarehouseId, quantity: number): void => {
      const { whatIf } = placeOf(sku, warehouseId);
      whatIf.promised -= quantity;
      whatIf.total -= quantity;
    },
    /** What is free; `revision`: for somebody who had seen the item only up to there. */
    freeAt: (sku: Sku, warehouseId: WarehouseId, revision: number | null = null): number => {
      const unseen = revision === null ? [] : itemOf(sku).unseen.filter((each) => each.revision > revision);
      return unseen
        .filter((each) => each.warehouseId === warehouseId)
        .reduce((free, { by }) => free - by, freeOf(placeOf(sku, warehouseId).whatIf));
    },
    anyFree: (key: SkuKey): boolean => [...(items.get(key)?.places.values() ?? [])].some(({ whatIf }) => freeOf(whatIf) > 0),
    /** Every SKU and warehouse of which anything was heard, by SKU and warehouse. */
    levels: (): readonly SimulatedLevel[] => levelsOf(items),
  };
};

const levelsOf = (items: ReadonlyMap<SkuKey, SimulatedItem>): readonly SimulatedLevel[] =>
  [...items]
    .sort(([one], [other]) => compare(one, other))
    .flatMap(([, item]) =>
      [...item.places]
        .sort(([one], [other]) => compare(one, other))
        .map(([warehouseId, place]) => ({ sku: item.sku, warehouseId, ...place })),
    );

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
