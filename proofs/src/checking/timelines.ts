import type { Evidence, Logged } from './evidence';
import { amounts, foldItem, noAmounts, nothingYet, type Amounts, type ItemState } from './item-fold';

/** One SKU's stream with what it came to after each event. */
export type ItemLine = {
  readonly skuKey: string;
  readonly events: readonly Logged[];
  readonly end: ItemState;
  /** Figures of a warehouse after the event at this index; before the first: nothing. */
  readonly after: (index: number, warehouseId: string) => Amounts;
};

export type Streams = {
  readonly items: ReadonlyMap<string, ItemLine>;
  /** By order id. */
  readonly orders: ReadonlyMap<string, readonly Logged[]>;
  readonly allocations: ReadonlyMap<string, readonly Logged[]>;
  readonly purchases: ReadonlyMap<string, readonly Logged[]>;
  readonly byCommand: ReadonlyMap<string, readonly Logged[]>;
  readonly byStream: ReadonlyMap<string, readonly Logged[]>;
};

export const streamsOf = ({ accountId, events }: Pick<Evidence, 'accountId' | 'events'>): Streams => {
  const byStream = Map.groupBy(events, ({ stream }) => stream);
  const under = (prefix: string) =>
    new Map(
      [...byStream].flatMap(([stream, own]) =>
        stream.startsWith(`${prefix}-${accountId}-`) ? [[stream.slice(prefix.length + accountId.length + 2), own] as const] : [],
      ),
    );
  const items = new Map([...under('stock.item')].map(([skuKey, own]) => [skuKey, itemLine(skuKey, own)]));
  return {
    items,
    orders: under('sales.salesOrder'),
    allocations: under('stock.allocation'),
    purchases: under('purchasing.purchaseOrder'),
    byCommand: Map.groupBy(events, ({ commandId }) => commandId),
    byStream,
  };
};

const itemLine = (skuKey: string, events: readonly Logged[]): ItemLine => {
  const item = nothingYet();
  const figures: Map<string, Amounts>[] = [];
  for (const event of events) {
    foldItem(item, event);
    figures.push(new Map([...item.at].map(([warehouseId, each]) => [warehouseId, { ...each }])));
  }
  return { skuKey, events, end: item, after: (index, warehouseId) => figures[index]?.get(warehouseId) ?? noAmounts() };
};

/** How many of the events lie at or before a place in the log. */
export const countUntil = (events: readonly Logged[], position: number): number => {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle] as Logged).position <= position) low = middle + 1;
    else high = middle;
  }
  return low;
};

export const sameAmounts = (one: Amounts, other: Amounts): boolean => amounts.every((name) => one[name] === other[name]);

export const sumOfAmounts = (all: readonly Amounts[]): Amounts => {
  const sum = noAmounts();
  for (const each of all) for (const name of amounts) sum[name] += each[name];
  return sum;
};
