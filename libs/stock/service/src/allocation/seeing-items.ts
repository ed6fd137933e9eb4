import { TryAgain } from '@stockproof/bus-transport';
import type { Loaded } from '@stockproof/command-handling';
import { attemptKey, available, type Item, type SeenItem, type Wanted } from '@stockproof/stock-domain';
import type { AccountId, Sku } from '@stockproof/vocabulary';
import { itemStream, type ItemHandler } from '../stock.streams';
import type { ToTry } from './attempt-try';

export type ItemsBySku = ReadonlyMap<Sku, Loaded<Item>>;

/** So often items are looked at as they stand together; then each by itself. */
const looksTogether = 3;
/** Somebody else wins every race: not a matter of this attempt. */
const looksAtMost = 20;

export const skusOf = (wanted: Wanted): readonly Sku[] => [...new Set(wanted.lines.map((line) => line.sku))];

/**
 * What `look` makes of the items as they stand in the store. Letting an order wait, or passing a warehouse over, appends nothing to an
 * item and would never notice a stale one: so their heads are checked after the look. It is taken in one turn and must answer
 * figures, not states: those go on changing.
 */
export const lookAt = async <T>(
  items: ItemHandler,
  accountId: AccountId,
  skus: readonly Sku[],
  look: (items: ItemsBySku) => T,
): Promise<T> => {
  const streams = skus.map((sku) => itemStream(accountId, sku));
  for (let looks = 0; looks < looksTogether; looks++) {
    const loaded = await items.loadMany(streams);
    const seen = loaded.map(({ revision, lastEventId }, index) => ({ stream: streams[index] as string, revision, lastEventId }));
    const answer = look(new Map(loaded.map((each, index) => [skus[index] as Sku, each])));
    if (await items.confirm(seen)) return answer;
  }
  const apart = await Promise.all(streams.map((stream) => latestOf(items, stream)));
  return look(new Map(apart.map((each, index) => [skus[index] as Sku, each])));
};

/**
 * A copy of an item that was its latest state at some moment since it was asked for. While other processes write many hot items, all
 * of them hardly ever stand still together, but each does. Nothing needs them together: a promise is decided on each item anew, and a
 * rise after it was looked at wakes whoever was let wait.
 */
const latestOf = async (items: ItemHandler, stream: string): Promise<Loaded<Item>> => {
  for (let looks = 0; looks < looksAtMost; looks++) {
    const loaded = await items.load(stream);
    const copy = { ...loaded, state: structuredClone(loaded.state) };
    if (await items.confirm([{ stream, revision: copy.revision, lastEventId: copy.lastEventId }])) return copy;
  }
  throw new TryAgain('an item does not stand still');
};

/** What an order may count on: what is available, and what it has here already, by this attempt or by the hold it takes over. */
export const seenBy = (
  { wanted, orderId, attempt }: Omit<ToTry, 'cause'>,
  items: ItemsBySku,
  taken: (sku: Sku, warehouseId: string) => number = () => 0,
): readonly SeenItem[] => {
  const has = hasAt({ wanted, orderId, attempt }, items);
  return skusOf(wanted).map((sku) => {
    const { state, revision } = items.get(sku) as Loaded<Item>;
    const free = wanted.candidates.map(
      ({ warehouseId }) => availableAt(state, warehouseId) + has(sku, warehouseId) - taken(sku, warehouseId),
    );
    return { sku, revision, free };
  });
};

const ownKeys = ({ wanted, orderId, attempt }: Omit<ToTry, 'cause'>): readonly string[] =>
  [attempt, ...(wanted.holdAttempt === null ? [] : [wanted.holdAttempt])].map((each) => attemptKey({ orderId, attempt: each }));

/** How much of a SKU the order has already at a warehouse, by this attempt or by the hold it takes over. */
export const hasAt = (toTry: Omit<ToTry, 'cause'>, items: ItemsBySku): ((sku: Sku, warehouseId: string) => number) => {
  const own = ownKeys(toTry);
  return (sku, warehouseId) => {
    const item = items.get(sku)?.state;
    return item ? ownAt(item, own, warehouseId) : 0;
  };
};

/** The same over all that may serve it. */
export const hasOf = (toTry: Omit<ToTry, 'cause'>, items: ItemsBySku): ((sku: Sku) => number) => {
  const has = hasAt(toTry, items);
  return (sku) => toTry.wanted.candidates.reduce((sum, { warehouseId }) => sum + has(sku, warehouseId), 0);
};

const availableAt = (item: Item, warehouseId: string): number => {
  const here = item.warehouses.get(warehouseId);
  return here ? available(here.quantities) : 0;
};

/** Whether anything of the SKU may still be promised anywhere. */
export const anyAvailable = (item: Item): boolean => [...item.warehouses.values()].some(({ quantities }) => available(quantities) > 0);

const ownAt = (item: Item, keys: readonly string[], warehouseId: string): number =>
  keys
    .flatMap((key) => [...(item.grants.get(key)?.allocationIds ?? [])])
    .flatMap((id) => item.allocations.get(id) ?? [])
    .filter((each) => each.warehouseId === warehouseId)
    .reduce((sum, each) => sum + each.quantity - each.shipped, 0);
