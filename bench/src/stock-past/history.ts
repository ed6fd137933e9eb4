import type { RecordedEvent } from '@stockproof/event-store';
import type { ItemEvent } from '@stockproof/stock-domain';
import { derivedId, type Instant } from '@stockproof/vocabulary';

export const organizationId = derivedId('bench', 'organization');
export const accountId = derivedId('bench', 'account');
export const warehouseId = derivedId('bench', 'warehouse');
export const sku = 'HOT';

/** Corrections that come last of all, and of a day in the middle: late rows whatever the size. */
const corrections = 50;
const openAtOnce = 50;
const beginMs = Date.parse('2020-01-01T00:00:00.000Z');

export const instantOf = (ms: number): Instant => new Date(ms).toISOString();

/** What counts of each event, in the order recorded: enough to count everything again without a database. */
export type Kept = {
  readonly recordedMs: Float64Array;
  readonly effectiveMs: Float64Array;
  readonly total: Float64Array;
  readonly allocated: Float64Array;
};

export type History = { readonly size: number; readonly kept: Kept; readonly events: () => Generator<RecordedEvent> };

/** Without chance, so that every run measures the same. */
const mixed = (index: number): number => {
  let x = (index + 1) * 2_654_435_761;
  x = ((x >>> 16) ^ x) * 73_244_475;
  return (((x >>> 16) ^ x) >>> 0) / 2 ** 32;
};

/** Most is heard of within milliseconds, one in twenty within five minutes. */
const lateByMs = (index: number): number =>
  mixed(index) < 0.05 ? Math.floor(mixed(index + 0.5) * 300_000) : 2 + Math.floor(mixed(index) * 40);

/** An event a second about one SKU in one warehouse: goods come, orders are promised one unit each, and each leaves fifty orders later. */
export const historyOf = (size: number): History => {
  const kept: Kept = {
    recordedMs: new Float64Array(size),
    effectiveMs: new Float64Array(size),
    total: new Float64Array(size),
    allocated: new Float64Array(size),
  };
  const keep = (index: number, change: { readonly at: string; readonly total?: number; readonly allocated?: number }): void => {
    kept.recordedMs[index] = beginMs + index * 1_000;
    kept.effectiveMs[index] = Date.parse(change.at);
    kept.total[index] = change.total ?? 0;
    kept.allocated[index] = change.allocated ?? 0;
  };
  const events = function* (): Generator<RecordedEvent> {
    for (let index = 0; index < size; index++) {
      const recordedMs = beginMs + index * 1_000;
      const event = eventAt(index, size, recordedMs);
      for (const change of event.data.changes) keep(index, change);
      yield recorded(event, index, recordedMs);
    }
  };
  return { size, kept, events };
};

const eventAt = (index: number, size: number, recordedMs: number): ItemEvent => {
  const at = instantOf(recordedMs - lateByMs(index));
  const stock = { sku, decidedAt: at };
  if (index >= size - corrections) return adjusted(stock, { at: instantOf(beginMs + size * 500 - 1_000 - (size - index)), total: -1 });
  if (index === 0) return adjusted(stock, { at, total: size });
  const order = Math.floor(index / 2);
  // Orders are promised at odd places and leave at even ones.
  if (index % 2 === 1 || order < openAtOnce) return granted(stock, index, at);
  const leaving = 2 * (order - openAtOnce) + 1;
  return {
    type: 'UnitsShipped',
    data: {
      ...stock,
      ...{
        changes: [{ warehouseId, at, total: -1, allocated: -1 }],
        orderId: `order-${leaving}`,
        allocationId: `unit-${leaving}`,
        shipped: 1,
      },
    },
  };
};

type Stock = { readonly sku: string; readonly decidedAt: Instant };

const adjusted = (stock: Stock, { at, total }: { readonly at: Instant; readonly total: number }): ItemEvent => ({
  type: 'StockAdjusted',
  data: { ...stock, changes: [{ warehouseId, at, total }], reason: 'counted', note: null, reference: null },
});

const granted = (stock: Stock, index: number, at: Instant): ItemEvent => ({
  type: 'UnitsGranted',
  data: {
    ...{
      ...stock,
      decidedAt: at,
      changes: [{ warehouseId, at, allocated: 1 }],
      orderId: `order-${index}`,
      attempt: 1,
      kind: 'allocate',
      plan: 1,
    },
    granted: [{ allocationId: `unit-${index}`, shipmentId: `shipment-${index}`, lineId: '1', warehouseId, quantity: 1 }],
    swappedHold: null,
  },
});

export const positionOf = (index: number): string => String(index + 1).padStart(16, '0');

const recorded = ({ type, data }: ItemEvent, index: number, recordedMs: number): RecordedEvent => {
  const id = uuidOf(index);
  return {
    ...{ id, type, data, stream: `stock.item-${accountId}-hot`, revision: index + 1, position: positionOf(index) },
    recordedAt: instantOf(recordedMs),
    meta: {
      ...{ commandId: id, correlationId: id, causationId: id, actor: 'service:bench', organizationId, accountId },
      ...{ effectiveAt: null, schemaVersion: 1 },
    },
  };
};

const uuidOf = (index: number): string => `00000000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;

/** Counts everything, one event after the other. */
export const counted = ({ kept, size }: History, asOfMs: number, knownMs: number): { total: number; allocated: number; late: number } => {
  const sum = { total: 0, allocated: 0, late: 0 };
  for (let index = 0; index < size; index++) {
    const [recordedMs = 0, effectiveMs = 0] = [kept.recordedMs[index], kept.effectiveMs[index]];
    if (recordedMs > knownMs || Math.min(effectiveMs, recordedMs) > asOfMs) continue;
    sum.total += kept.total[index] ?? 0;
    sum.allocated += kept.allocated[index] ?? 0;
    if (recordedMs > asOfMs) sum.late += 1;
  }
  return sum;
};

/** The moment at this share of the history, and its end. */
export const momentAt = (size: number, share: number): number => beginMs + Math.floor((size - 1) * share) * 1_000 + 500;
