import { START, streamNameFilter } from '@eventstore/db-client';
import type { Position, RecordedEvent } from '@stockproof/event-store';
import type { EventStoreDbLog } from './eventstoredb-log';
import { positionText, type AllPosition } from './positions';
import { isOwn, recorded } from './recorded';

/** The server says how far it has looked each time it has looked through so many times 32 events. */
const checkpointEvery = 32;

export type Subscriber = {
  readonly onEvent: (event: RecordedEvent) => void;
  readonly onCheckpoint: (position: Position) => void;
  /** Called once, when nothing more will come. */
  readonly onBreak: (why: unknown) => void;
};

export type OpenSubscription = { readonly pause: () => void; readonly resume: () => void; readonly close: () => Promise<void> };

/** One subscription to the log's part of `$all` after a place, until it breaks or is closed. */
export const openSubscription = (log: EventStoreDbLog, place: AllPosition | 'start', subscriber: Subscriber): OpenSubscription => {
  let over = false;
  const subscription = log.client.subscribeToAll({
    fromPosition: place === 'start' ? START : place,
    filter: streamNameFilter({
      prefixes: [log.prefix],
      checkpointInterval: checkpointEvery,
      checkpointReached: (_, position) => (over ? undefined : subscriber.onCheckpoint(positionText(position))),
    }),
  });
  const breaks = (why: unknown): void => {
    if (over) return;
    over = true;
    subscriber.onBreak(why);
  };
  subscription.on('data', ({ event }) => {
    if (!over && isOwn(log, event)) subscriber.onEvent(recorded(log, event));
  });
  subscription.on('error', breaks);
  subscription.on('end', () => breaks('it ended'));
  subscription.on('close', () => breaks('it was closed'));
  return {
    pause: () => void (subscription.isPaused() ? undefined : subscription.pause()),
    resume: () => void (subscription.isPaused() ? subscription.resume() : undefined),
    close: async () => {
      over = true;
      await subscription.unsubscribe().catch(() => undefined);
    },
  };
};
