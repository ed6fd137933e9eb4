import type { EventStore, Position, RecordedEvent } from '@stockproof/event-store';

/**
 * The events at these positions, in their order; what is not there is left out. Two queries where they stand one behind the other, as
 * those of a busy account do; one look-up more for each that stands elsewhere.
 */
export const eventsAt = async (
  store: Pick<EventStore, 'eventAt' | 'readAll'>,
  positions: readonly Position[],
): Promise<readonly RecordedEvent[]> => {
  const [first, ...others] = positions;
  if (first === undefined) return [];
  const near = others.length === 0 ? [] : (await store.readAll(first, others.length)).events;
  const found = new Map(near.map((event) => [event.position, event]));
  const events = await Promise.all(positions.map(async (position) => found.get(position) ?? (await store.eventAt(position))));
  return events.filter((event) => event !== null);
};
