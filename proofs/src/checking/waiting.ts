import { skuKey } from '@stockproof/vocabulary';
import { notesOn, type Logged, type Verdict } from './evidence';
import { amountsAt, availableOf } from './item-fold';
import type { Streams } from './timelines';

type Wanted = {
  readonly kind: 'allocate' | 'hold';
  readonly lines: readonly {
    readonly lineId: string;
    readonly sku: string;
    readonly quantity: number;
    readonly candidates?: readonly string[];
  }[];
  readonly candidates: readonly { readonly warehouseId: string }[];
  readonly settings: { readonly allowSplitting: boolean };
};
export type Waiting = { readonly attempt: number; readonly wanted: Wanted };

type Told = { readonly attempt: number; readonly wanted: Wanted };

/** The attempt of an order that waits for stock, as stock's own stream of the order has it; null: none does. */
export const waitingIn = (events: readonly Logged[]): Waiting | null => {
  const wanted = new Map<number, Wanted>();
  const last = new Map<number, string>();
  for (const { type, data } of events) {
    const told = data as Told;
    if (type === 'AllocationRequested') wanted.set(told.attempt, told.wanted);
    else last.set(told.attempt, type);
  }
  const waits = [...last].filter(([, type]) => type === 'AllocationWaiting').map(([attempt]) => attempt);
  const attempt = waits.at(-1);
  const what = attempt === undefined ? undefined : wanted.get(attempt);
  return attempt === undefined || what === undefined ? null : { attempt, wanted: what };
};

/** Nobody waits for what is there: tried here by every way to serve an order, without the product's rule. */
export const waitingChecks = (streams: Streams): Verdict => {
  const notes = notesOn('no order waits that could go');
  for (const [orderId, events] of streams.allocations) {
    const waiting = waitingIn(events);
    if (waiting === null || waiting.wanted.kind !== 'allocate') continue;
    const way = wayToServe(waiting.wanted, streams);
    notes.look(way === null ? null : `${orderId}: attempt ${waiting.attempt} could go: ${way.join(', ')}`);
  }
  return notes.verdict();
};

/** Every line whole from one warehouse; all from the same where the order must not be split. Few lines and warehouses: all ways are tried. */
const wayToServe = ({ lines, candidates, settings }: Wanted, { items }: Streams): readonly string[] | null => {
  const free = (key: string, warehouseId: string): number => {
    const item = items.get(key);
    return item ? availableOf(amountsAt(item.end, warehouseId)) : 0;
  };
  const mayCome = ({ candidates: own }: Wanted['lines'][number], warehouseId: string, from: readonly string[]): boolean =>
    (own?.includes(warehouseId) ?? true) && (settings.allowSplitting || from.every((each) => each === warehouseId));
  const search = (index: number, taken: ReadonlyMap<string, number>, from: readonly string[]): readonly string[] | null => {
    const line = lines[index];
    if (line === undefined) return from;
    for (const { warehouseId } of candidates.filter((each) => mayCome(line, each.warehouseId, from))) {
      const key = `${skuKey(line.sku)} ${warehouseId}`;
      const used = (taken.get(key) ?? 0) + line.quantity;
      const fits = used <= free(skuKey(line.sku), warehouseId);
      const way = fits ? search(index + 1, new Map([...taken, [key, used]]), [...from, warehouseId]) : null;
      if (way !== null) return way;
    }
    return null;
  };
  return search(0, new Map(), []);
};
