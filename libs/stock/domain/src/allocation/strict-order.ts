import { skuKey, type Sku, type SkuKey } from '@stockproof/vocabulary';
import type { Choice, Outcome, Wanted } from '../allocation-rule/allocation-rule';
import type { AttemptRef } from '../item/item.events';
import type { Behind } from './allocation.events';

/** An attempt in the line of the waiting. */
export type InLine = AttemptRef & { readonly wanted: Pick<Wanted, 'orderDate' | 'arrivedAt' | 'lines'> };

/** Whether it waits its turn, and others theirs behind it. A hold protects at once, whoever waits. */
export const keepsItsPlace = ({ kind, settings }: Pick<Wanted, 'kind' | 'settings'>): boolean =>
  kind === 'allocate' && settings.strictOrder === true;

type Aged = Pick<Wanted, 'orderDate' | 'arrivedAt'> & { readonly orderId: string };

/** The oldest first: order date, then arrival. */
export const byAge = (a: Aged, b: Aged): number =>
  compare(a.orderDate, b.orderDate) || compare(a.arrivedAt, b.arrivedAt) || compare(a.orderId, b.orderId);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const age = ({ orderId, wanted }: InLine): Aged => ({ orderId, ...wanted });

/**
 * Who must go before this order: the oldest of those older than it that wait for a SKU of which it wants more than it has already.
 * `line` holds only those that keep their place.
 */
export const aheadOf = (line: Iterable<InLine>, who: InLine, has: (sku: Sku) => number): Behind | null => {
  const wants = wantsMore(who, has);
  let first: { readonly each: InLine; readonly skus: readonly Sku[] } | null = null;
  for (const each of line) {
    if (each.orderId === who.orderId || byAge(age(each), age(who)) > 0) continue;
    const skus = sharedWith(each, wants);
    if (skus.length > 0 && (first === null || byAge(age(each), age(first.each)) < 0)) first = { each, skus };
  }
  return first && { orderId: first.each.orderId, attempt: first.each.attempt, skus: first.skus };
};

const wantsMore = ({ wanted }: InLine, has: (sku: Sku) => number): ReadonlyMap<SkuKey, Sku> => {
  const sums = new Map<Sku, number>();
  for (const { sku, quantity } of wanted.lines) sums.set(sku, (sums.get(sku) ?? 0) + quantity);
  return new Map([...sums].flatMap(([sku, quantity]) => (quantity > has(sku) ? [[skuKey(sku), sku] as const] : [])));
};

const sharedWith = ({ wanted }: InLine, wants: ReadonlyMap<SkuKey, Sku>): readonly Sku[] => {
  const keys = new Set(wanted.lines.map(({ sku }) => skuKey(sku)));
  return [...wants].flatMap(([key, sku]) => (keys.has(key) ? [sku] : []));
};

/** What comes of an order whose turn it is not: nothing, whatever there is. */
export const outOfTurn = ({ lines, candidates }: Wanted): Outcome => ({
  choices: [] satisfies readonly Choice[],
  missing: lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity })),
  reasons: candidates.map(() => 'not-its-turn'),
  search: 'exact',
});
