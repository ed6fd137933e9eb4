import type { ItemEvent } from '@stockproof/stock-domain';
import { stretchClass } from '../views/stock-movements/lateness';
import type { Row } from './comparing-rows';
import type { Placed } from './subjects';

const counted = ['total', 'unsellable', 'allocated', 'held', 'incoming'] as const;
type Figures = Readonly<Record<(typeof counted)[number], number>>;

/** What the ledger of a SKU comes to in one warehouse. */
export type Balance = Row & Figures & { readonly sku: string; readonly first_position: string; readonly lateness_seen: number };

const textOf = (data: object, names: readonly string[]): string | null =>
  names.flatMap((name) => {
    const value = (data as Readonly<Record<string, unknown>>)[name];
    return typeof value === 'string' ? [value] : [];
  })[0] ?? null;

/** Whichever an event names first is what its change refers to, or why it is. */
const references = ['reference', 'reportId', 'receiptId', 'purchaseOrderId', 'allocationId'];
const reasons = ['reason', 'source'];

/** The rows of the ledger that an event makes, one per change, by their names; the balances go on from where they stand. */
export const movementsOf = (
  { event, position, recordedAt, recorded }: Placed<ItemEvent>,
  balances: Map<string, Balance>,
): readonly (readonly [string, Row])[] =>
  event.data.changes.map((change, ordinal) => {
    const by = figures((name) => change[name] ?? 0);
    const before = balances.get(change.warehouseId);
    const after = figures((name) => (before?.[name] ?? 0) + by[name]);
    const effectiveAt = new Date(change.at).toISOString();
    const lateness = stretchClass(effectiveAt, recordedAt);
    balances.set(change.warehouseId, {
      ...after,
      warehouse_id: change.warehouseId,
      sku: before?.sku ?? event.data.sku,
      first_position: before?.first_position ?? position,
      lateness_seen: (before?.lateness_seen ?? 0) | (lateness === null ? 0 : 1 << lateness),
    });
    const row = {
      ...{ position, ordinal, event_id: recorded.id, sku: event.data.sku, warehouse_id: change.warehouseId, cause: event.type },
      ...{ effective_at: effectiveAt, recorded_at: recordedAt, lateness, ...by },
      ...Object.fromEntries(counted.map((name) => [`${name}_after`, after[name]])),
      actor: recorded.meta.actor,
      order_id: textOf(event.data, ['orderId']),
      reference: textOf(event.data, references),
      reason: textOf(event.data, reasons),
      note: textOf(event.data, ['note']),
    };
    return [`${position} ${ordinal}`, row];
  });

const figures = (of: (name: (typeof counted)[number]) => number): Figures => ({
  total: of('total'),
  unsellable: of('unsellable'),
  allocated: of('allocated'),
  held: of('held'),
  incoming: of('incoming'),
});
