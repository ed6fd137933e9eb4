import type { AllocationEvent, ItemEvent, Told, WarehouseEvent } from '@stockproof/stock-domain';
import type { EventStore, Position, RecordedEvent } from '@stockproof/event-store';
import type { Database } from '@stockproof/sql';
import type { AccountId, Clock } from '@stockproof/vocabulary';
import type { StreamKind } from '../views/stock-streams/stock-streams.projection';

/** What verifying is done with: the log itself, never a state that somebody keeps. */
export type VerifierTools = { readonly store: EventStore; readonly database: Database; readonly clock: Clock };

/** What is checked at once: one SKU, the attempts of one order, or one warehouse, of one account. */
export type Subject = { readonly accountId: AccountId; readonly kind: StreamKind; readonly key: string };

const categories = { item: 'stock.item', allocation: 'stock.allocation', warehouse: 'stock.warehouse' } as const;

/** The stream that a subject is told in; unlike for commands, its key is taken as it stands in the log. */
export const streamOf = ({ accountId, kind, key }: Subject): string => `${categories[kind]}-${accountId}-${key}`;

/** An event with its place in the log. */
export type Placed<E> = Told<E> & { readonly position: Position; readonly recorded: RecordedEvent };

export const placed = <E extends ItemEvent | AllocationEvent | WarehouseEvent>(recorded: RecordedEvent): Placed<E> => ({
  event: { type: recorded.type, data: recorded.data } as E, // what cannot be read as one is told as a finding
  revision: recorded.revision,
  recordedAt: recorded.recordedAt,
  position: recorded.position,
  recorded,
});

const pageSize = 500;

/** A stream page by page, so that its length is no matter of memory. */
export async function* pagesOf<E extends ItemEvent | AllocationEvent | WarehouseEvent>(
  store: EventStore,
  stream: string,
  after = 0,
): AsyncGenerator<readonly Placed<E>[]> {
  for (let from = after; ;) {
    const page = await store.readStream(stream, { from, limit: pageSize });
    if (page.length > 0) yield page.map((recorded) => placed<E>(recorded));
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    from = last.revision;
  }
}
