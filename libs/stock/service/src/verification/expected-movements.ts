import type { ItemEvent } from '@stockproof/stock-domain';
import type { Row } from './comparing-rows';
import type { Placed } from './subjects';

const textOf = (data: object, names: readonly string[]): string | null =>
  names.flatMap((name) => {
    const value = (data as Readonly<Record<string, unknown>>)[name];
    return typeof value === 'string' ? [value] : [];
  })[0] ?? null;

/** Whichever an event names first is what its change refers to. */
const references = ['reference', 'reportId', 'receiptId', 'purchaseOrderId', 'allocationId'];

/** The rows of the ledger that an event makes, one per change, by their names. */
export const movementsOf = ({ event, position, recordedAt, recorded }: Placed<ItemEvent>): readonly (readonly [string, Row])[] =>
  event.data.changes.map((change, ordinal) => [
    `${position} ${ordinal}`,
    {
      position,
      ordinal,
      event_id: recorded.id,
      sku: event.data.sku,
      warehouse_id: change.warehouseId,
      cause: event.type,
      effective_at: new Date(change.at).toISOString(),
      recorded_at: recordedAt,
      total: change.total ?? 0,
      unsellable: change.unsellable ?? 0,
      allocated: change.allocated ?? 0,
      held: change.held ?? 0,
      incoming: change.incoming ?? 0,
      actor: recorded.meta.actor,
      order_id: textOf(event.data, ['orderId']),
      reference: textOf(event.data, references),
      reason: textOf(event.data, ['reason']),
    },
  ]);
