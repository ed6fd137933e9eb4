import type { LogBatch, Position, RecordedEvent } from '@stockproof/event-store';
import { bell } from '@stockproof/event-store';
import type { EventStoreDbLog } from './eventstoredb-log';
import { allPosition, positionText, type AllPosition } from './positions';
import { openSubscription, type OpenSubscription } from './subscription';

/** Events that wait to be taken; above this the server is asked to pause. */
const roomFor = 4_000;
const firstWaitMs = 100;
const longestWaitMs = 5_000;

/** A log that is followed: what has come and not yet been taken. */
export type LiveLog = {
  /** What comes after the place that was taken to last. */
  readonly take: (after: Position, limit: number) => LogBatch;
  readonly onChange: (listener: () => void) => () => void;
  readonly stop: () => Promise<void>;
};

/** Where the server's log ends. */
export type EndOfAll = () => Promise<AllPosition | null>;

/**
 * One catch-up subscription to the log's part of `$all`, held up by our own hands: the client never reconnects by itself. It goes on
 * after the last event that came, or after a checkpoint, if that does not lie beyond the end: a subscription that matched nothing may
 * say a place that the log never had, and what is appended later would be skipped.
 */
export const liveLog = (log: EventStoreDbLog, after: Position, endOfAll: EndOfAll): LiveLog => {
  const { ring, onRing } = bell();
  const come: RecordedEvent[] = [];
  let [last, looked] = [after, after];
  const resumeAt = async (): Promise<Position> => {
    if (looked <= last) return last;
    const end = await endOfAll();
    return end !== null && looked <= positionText(end) ? looked : last;
  };
  const held = heldOpen({
    log,
    resumeAt,
    onEvent: (event) => {
      // After a break the server may send once more what has come already.
      if (event.position <= last) return;
      last = event.position;
      come.push(event);
      if (come.length >= roomFor) held.pause();
      ring();
    },
    onCheckpoint: (position) => (looked = position),
  });

  return {
    onChange: onRing,
    take: (from, limit) => {
      while (come[0] && come[0].position <= from) come.shift();
      const events = come.splice(0, limit);
      if (come.length < roomFor / 2) held.resume();
      return { events, scannedTo: events.at(-1)?.position ?? from };
    },
    stop: held.stop,
  };
};

type Holding = {
  readonly log: EventStoreDbLog;
  readonly resumeAt: () => Promise<Position>;
  readonly onEvent: (event: RecordedEvent) => void;
  readonly onCheckpoint: (position: Position) => void;
};

/** Opens the subscription again whenever it breaks, with growing waits. */
const heldOpen = ({ log, resumeAt, onEvent, onCheckpoint }: Holding) => {
  let current: OpenSubscription | null = null;
  let stopped = false;
  let waitMs = firstWaitMs;
  let retry: NodeJS.Timeout | undefined;

  const connect = async (): Promise<void> => {
    try {
      const from = await resumeAt();
      const place = allPosition(from);
      if (place === null) throw new Error(`"${from}" is no position of this log.`);
      if (!stopped) current = openSubscription(log, place, { onEvent: came, onCheckpoint, onBreak: again });
    } catch (error) {
      again(error);
    }
  };
  const came = (event: RecordedEvent): void => {
    waitMs = firstWaitMs;
    onEvent(event);
  };
  const again = (why: unknown): void => {
    if (stopped) return;
    current = null;
    log.warn({ error: String(why) }, 'the subscription to the event store broke; it is opened again');
    retry = setTimeout(() => void connect(), waitMs);
    waitMs = Math.min(waitMs * 2, longestWaitMs);
  };
  void connect();

  return {
    pause: () => current?.pause(),
    resume: () => current?.resume(),
    stop: async (): Promise<void> => {
      stopped = true;
      clearTimeout(retry);
      await current?.close();
    },
  };
};
