import { BACKWARDS, END, FORWARDS, START, StreamNotFoundError, type AllStreamRecordedEvent, type Direction } from '@eventstore/db-client';
import { startOfLog, type EventStore, type LogHead, type Position, type RecordedEvent } from '@stockproof/event-store';
import { collected, untilAnswered } from './answers';
import type { EventStoreDbLog } from './eventstoredb-log';
import { allPosition, positionText, type AllPosition } from './positions';
import { isOwn, placeOf, recorded } from './recorded';

type Reading = Pick<EventStore, 'readStream' | 'readStreams' | 'readAll' | 'head' | 'eventAt'>;

/** Streams of one call that are read side by side. */
const readsAtOnce = 32;
/** `$all` cannot be read with a filter: pages of it hold everybody's events, and ours are picked out here. */
const pageOfAll = 1_000;
/** A page of ours may be short where others write much more. */
const lookedThroughAtMost = 50_000;

/** What is read of the log. A leader answers, so that what was acknowledged is seen. */
export const reading = (log: EventStoreDbLog, answerWithinMs: number): Reading => {
  const readStream: EventStore['readStream'] = async (stream, { direction = 'forward', from, limit } = {}) => {
    if (limit === 0 || (direction === 'backward' && from === 0)) return [];
    const options = readOptions(direction, from, limit);
    const read = () => collected(log.client.readStream(log.nameThere(stream), options), answerWithinMs, `stream ${stream}`);
    try {
      return (await untilAnswered(read, answerWithinMs)).flatMap(({ event }) => (event ? [recorded(log, event)] : []));
    } catch (error) {
      if (error instanceof StreamNotFoundError) return [];
      throw error;
    }
  };

  return {
    readStream,
    readStreams: async (reads) => {
      const found: (readonly RecordedEvent[])[] = [];
      for (let first = 0; first < reads.length; first += readsAtOnce) {
        const some = reads.slice(first, first + readsAtOnce);
        found.push(...(await Promise.all(some.map(({ stream, from = 0 }) => readStream(stream, { from })))));
      }
      return found;
    },
    readAll: async (after, limit) => {
      const events: RecordedEvent[] = [];
      let looked = 0;
      for await (const page of pagesAfter(log, after, answerWithinMs)) {
        events.push(...page.filter((event) => isOwn(log, event)).map((event) => recorded(log, event)));
        looked += page.length;
        if (events.length >= limit || (events.length > 0 && looked >= lookedThroughAtMost)) break;
      }
      const taken = events.slice(0, limit);
      return { events: taken, scannedTo: taken.at(-1)?.position ?? after };
    },
    head: headOf(log, answerWithinMs),
    eventAt: async (position) => {
      if (position === startOfLog || allPosition(position) === null) return null;
      const [event] = await pageOf(log, { from: position, maxCount: 1, answerWithinMs });
      return event && isOwn(log, event) && positionText(placeOf(event)) === position ? recorded(log, event) : null;
    },
  };
};

const readOptions = (direction: 'forward' | 'backward', from: number | undefined, limit: number | undefined) => ({
  direction: direction === 'forward' ? (FORWARDS as Direction) : (BACKWARDS as Direction),
  fromRevision: startRevision(direction, from),
  requiresLeader: true as const,
  ...(limit === undefined || limit === Number.POSITIVE_INFINITY ? {} : { maxCount: limit }),
});

const startRevision = (direction: 'forward' | 'backward', from: number | undefined): bigint | typeof START | typeof END => {
  if (direction === 'forward') return from === undefined || from === 0 ? START : BigInt(from);
  return from === undefined || from === Number.MAX_SAFE_INTEGER ? END : BigInt(from - 1);
};

type Page = {
  readonly from: Position | typeof END;
  readonly maxCount: number;
  readonly answerWithinMs: number;
  readonly backwards?: true;
};

/** Events of everybody from a place on. Forwards the one that lies there comes first. */
const pageOf = async (
  { client }: EventStoreDbLog,
  { from, maxCount, answerWithinMs, backwards }: Page,
): Promise<readonly AllStreamRecordedEvent[]> => {
  const place = from === END ? END : allPosition(from);
  if (place === null) throw new Error(`"${from}" is no position of this log.`);
  const read = () =>
    client.readAll({
      direction: backwards ? BACKWARDS : FORWARDS,
      fromPosition: place === 'start' ? START : place,
      maxCount,
      requiresLeader: true,
    });
  const page = await untilAnswered(() => collected(read(), answerWithinMs, 'a page of the log'), answerWithinMs);
  return page.flatMap(({ event }) => (event ? [event] : []));
};

/** Everybody's events after a position, page after page, until there are no more. */
const pagesAfter = async function* (
  log: EventStoreDbLog,
  after: Position,
  answerWithinMs: number,
): AsyncGenerator<readonly AllStreamRecordedEvent[]> {
  for (let from = after; ;) {
    const all = await pageOf(log, { from, maxCount: pageOfAll, answerWithinMs });
    const page = all.filter(({ position }) => positionText(position) > from);
    const last = page.at(-1);
    if (!last) return;
    yield page;
    from = positionText(last.position);
  }
};

/** Where the server's log ends, whoever's event it is; null while there is none. */
export const endOfAll = async (log: EventStoreDbLog, answerWithinMs: number): Promise<AllPosition | null> => {
  const [last] = await pageOf(log, { from: END, maxCount: 1, answerWithinMs, backwards: true });
  return last?.position ?? null;
};

/**
 * The log's last event. Looked for backwards from the end of `$all`, but never twice over the same stretch: what was looked through
 * before is remembered.
 */
const headOf = (log: EventStoreDbLog, answerWithinMs: number): EventStore['head'] => {
  let known: { readonly head: LogHead; readonly lookedTo: Position } = {
    head: { position: startOfLog, eventId: null },
    lookedTo: startOfLog,
  };
  return async () => {
    const before = known;
    const end = await endOfAll(log, answerWithinMs);
    if (end === null) return before.head;
    const lookedTo = positionText(end);
    const head = (lookedTo > before.lookedTo ? await lastOwnAfter(log, before.lookedTo, answerWithinMs) : null) ?? before.head;
    if (lookedTo > known.lookedTo) known = { head, lookedTo };
    return head;
  };
};

const firstPage = 32;

const lastOwnAfter = async (log: EventStoreDbLog, after: Position, answerWithinMs: number): Promise<LogHead | null> => {
  let from: Position | typeof END = END;
  for (let maxCount = firstPage; ; maxCount = Math.min(maxCount * 4, pageOfAll)) {
    const page: readonly AllStreamRecordedEvent[] = await pageOf(log, { from, maxCount, answerWithinMs, backwards: true });
    const older = page.filter(({ position }) => from === END || positionText(position) < from);
    for (const event of older) {
      const position = positionText(event.position);
      if (position <= after) return null;
      if (isOwn(log, event)) return { position, eventId: event.id };
    }
    const last = older.at(-1);
    if (!last) return null;
    from = positionText(last.position);
  }
};
