import { START, streamNameFilter, type AllStreamSubscription } from '@eventstore/db-client';
import { bell, type LogBatch, type Position, type RecordedEvent } from '@stockproof/event-store';
import type { EventStoreDbLog } from './eventstoredb-log';
import { allPosition, positionText, type AllPosition } from './positions';
import { isOwn, recorded } from './recorded';

/** Events that wait to be taken; above this the server is asked to pause. */
const roomFor = 4_000;
/** The server says how far it has looked each time it has looked through so many times 32 events. */
const checkpointEvery = 32;
const firstWaitMs = 100;
const longestWaitMs = 5_000;

/** A log that is followed: what has come and not yet been taken. */
export type LiveLog = {
  /** What comes after the place that was taken to last. */
  readonly take: (after: Position, limit: number) => LogBatch;
  readonly onChange: (listener: () => void) => () => void;
  readonly stop: () => Promise<void>;
};

/** How far the server says that it has looked through, wherever the end of the log is. */
export type EndOfAll = () => Promise<AllPosition | null>;

/**
 * One catch-up subscription to the log's part of `$all`, held up by our own hands: the client never reconnects by itself. It goes on
 * after the last event that came, or after a checkpoint, if that does not lie beyond the end: a subscription that matched nothing may
 * say a place that the log never had, and what is appended later would be skipped.
 */
export const liveLog = (log: EventStoreDbLog, after: Position, endOfAll: EndOfAll): LiveLog => {
  const { ring, onRing } = bell();
  const come: RecordedEvent[] = [];
  let last = after;
  let looked: Position = after;
  let subscription: AllStreamSubscription | null = null;
  let paused = false;
  let stopped = false;
  let waitMs = firstWaitMs;
  let retry: NodeJS.Timeout | undefined;

  const resumeAt = async (): Promise<Position> => {
    if (looked <= last) return last;
    const end = await endOfAll();
    return end !== null && looked <= positionText(end) ? looked : last;
  };
  const take = (event: RecordedEvent): void => {
    // After a break the server may send once more what has come already.
    if (event.position <= last) return;
    last = event.position;
    waitMs = firstWaitMs;
    come.push(event);
    if (come.length >= roomFor && !paused) {
      paused = true;
      subscription?.pause();
    }
    ring();
  };
  const broke = (error: unknown): void => {
    if (stopped || retry) return;
    if (error) log.warn({ error: String(error) }, 'the subscription to the event store broke; it is opened again');
    subscription = null;
    retry = setTimeout(() => {
      retry = undefined;
      void connect();
    }, waitMs);
    waitMs = Math.min(waitMs * 2, longestWaitMs);
  };
  const connect = async (): Promise<void> => {
    try {
      const place = allPosition(await resumeAt());
      if (place === null) throw new Error(`"${last}" is no position of this log.`);
      if (!stopped) open(place);
    } catch (error) {
      broke(error);
    }
  };
  const open = (place: AllPosition | 'start'): void => {
    const current = log.client.subscribeToAll({
      fromPosition: place === 'start' ? START : place,
      filter: streamNameFilter({
        prefixes: [log.prefix],
        checkpointInterval: checkpointEvery,
        checkpointReached: (_, position) => {
          looked = positionText(position);
        },
      }),
    });
    subscription = current;
    paused = false;
    const onlyThis = (work: () => void) => () => (subscription === current ? work() : undefined);
    current.on('data', ({ event }) => {
      if (subscription === current && isOwn(log, event)) take(recorded(log, event));
    });
    current.on('error', (error) => onlyThis(() => broke(error))());
    current.on(
      'end',
      onlyThis(() => broke('it ended')),
    );
    current.on(
      'close',
      onlyThis(() => broke('it was closed')),
    );
  };
  void connect();

  return {
    onChange: onRing,
    take: (from, limit) => {
      while (come[0] && come[0].position <= from) come.shift();
      const events = come.splice(0, limit);
      if (paused && come.length < roomFor / 2) {
        paused = false;
        subscription?.resume();
      }
      return { events, scannedTo: events.at(-1)?.position ?? from };
    },
    stop: async () => {
      stopped = true;
      clearTimeout(retry);
      const current = subscription;
      subscription = null;
      await current?.unsubscribe().catch(() => undefined);
    },
  };
};
