import type { EventStore, Position, RecordedEvent } from '@stockproof/event-store';
import { systemClock } from '@stockproof/service-host';
import { msBetween } from '@stockproof/vocabulary';

/** What stands in the log behind a place. */
export type Behind = {
  readonly events: number;
  /** Whether there are more than were counted. */
  readonly more: boolean;
  /** Age of the oldest of them; 0 where there is none. */
  readonly seconds: number;
};

const atOnce = 1_000;
const countedAtMost = 10_000;

/** Counts what `matters` behind a place, up to ten thousand events of the log. */
export const behindIn = async (
  store: Pick<EventStore, 'readAll'>,
  place: Position,
  matters: (event: RecordedEvent) => boolean = () => true,
): Promise<Behind> => {
  let [after, events, looked] = [place, 0, 0];
  let oldest: string | null = null;
  while (looked < countedAtMost) {
    const batch = await store.readAll(after, atOnce);
    const found = batch.events.filter(matters);
    oldest ??= found[0]?.recordedAt ?? null;
    events += found.length;
    looked += batch.events.length;
    if (batch.events.length === 0) return behind(events, false, oldest);
    after = batch.scannedTo;
  }
  return behind(events, true, oldest);
};

const behind = (events: number, more: boolean, oldest: string | null): Behind => ({
  events,
  more,
  seconds: oldest === null ? 0 : Math.max(0, msBetween(oldest, systemClock.now()) / 1_000),
});
