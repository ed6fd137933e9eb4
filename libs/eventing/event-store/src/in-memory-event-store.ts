import type { Clock, Instant } from '@stockproof/vocabulary';
import { checkStreamsDistinct, encodeAppend, type EncodedAppend, type EncodedEvent } from './encoded-append';
import {
  startOfLog,
  type AppendOutcome,
  type EventStore,
  type LogSubscription,
  type Position,
  type ReadStreamOptions,
  type RecordedEvent,
  type Revision,
  type StreamAppend,
  type StreamName,
} from './event-store';
import { bell, followLog } from './log-follower';

export type InMemoryEventStoreOptions = {
  readonly clock: Clock;
  /** Default: a new one. */
  readonly logId?: string;
  /** Called before anything is written; a rejection is the append's own, and nothing is written. */
  readonly beforeAppend?: (appends: readonly StreamAppend[]) => void | Promise<void>;
  /** Called after everything is written; a rejection is the append's own: the caller cannot know that it happened. */
  readonly afterAppend?: (appends: readonly StreamAppend[], outcomes: readonly AppendOutcome[]) => void | Promise<void>;
};

type Row = EncodedEvent & {
  readonly stream: StreamName;
  readonly revision: Revision;
  readonly position: Position;
  readonly recordedAt: Instant;
};

export type InMemoryEventStore = EventStore & {
  /** A store of its own that holds what this one holds now, as cheap as a list of its events: where a search goes two ways. */
  readonly fork: () => InMemoryEventStore;
};

/** The event store without a database: complete in meaning, for tests and simulations, with doors for faults. */
export const inMemoryEventStore = (options: InMemoryEventStoreOptions): InMemoryEventStore => storeOver(rowsOfLog(options.clock), options);

const storeOver = (rows: Rows, options: InMemoryEventStoreOptions): InMemoryEventStore => {
  const { clock, logId = crypto.randomUUID(), beforeAppend, afterAppend } = options;
  const { ring, onRing } = bell();
  const subscriptions = new Set<LogSubscription>();
  let closed = false;
  const open = () => {
    if (closed) throw new Error('The event store is closed.');
  };
  const readAll: EventStore['readAll'] = async (after, limit) => {
    const first = rows.log.length === 0 ? 0 : indexAfter(after);
    const page = rows.log.slice(first, first + limit);
    return { events: page.map(recorded), scannedTo: page.at(-1)?.position ?? after };
  };

  return {
    logId: async () => logId,
    append: async (appends) => {
      open();
      checkStreamsDistinct(appends);
      await beforeAppend?.(appends);
      const outcomes = appends.map(rows.append);
      ring();
      await afterAppend?.(appends, outcomes);
      return outcomes;
    },
    readStream: async (stream, options) => page(rows.of(stream), options).map(recorded),
    readStreams: async (reads) => reads.map(({ stream, from }) => page(rows.of(stream), from === undefined ? {} : { from }).map(recorded)),
    readAll,
    subscribe: (after, onBatch, options) => {
      open();
      const subscription = followLog({ readAll, onChange: onRing, readFailed: () => {} }, after, onBatch, options);
      subscriptions.add(subscription);
      return subscription;
    },
    head: async () => ({ position: rows.head(), eventId: rows.log.at(-1)?.id ?? null }),
    eventAt: async (position) => {
      const row = rows.log[indexAfter(position) - 1];
      return row?.position === position ? recorded(row) : null;
    },
    fork: () => storeOver(rowsOfLog(clock, rows), { ...options, logId }),
    close: async () => {
      closed = true;
      await Promise.all([...subscriptions].map((each) => each.stop()));
    },
  };
};

/** Positions count the log's events, so the index after a position is its number. */
const positionText = (number: number): Position => String(number).padStart(16, '0');
const indexAfter = (position: Position): number => (position === startOfLog ? 0 : Number(position));

type Rows = ReturnType<typeof rowsOfLog>;

const rowsOfLog = (clock: Clock, before?: { readonly log: readonly Row[]; readonly streams: ReadonlyMap<StreamName, readonly Row[]> }) => {
  const log: Row[] = [...(before?.log ?? [])];
  const streams = new Map<StreamName, Row[]>([...(before?.streams ?? [])].map(([stream, rows]) => [stream, [...rows]]));
  const of = (stream: StreamName): readonly Row[] => streams.get(stream) ?? [];
  const head = (): Position => log.at(-1)?.position ?? startOfLog;

  const write = ({ stream, expectedRevision, events }: EncodedAppend): void => {
    const now = clock.now();
    const previous = log.at(-1)?.recordedAt ?? now;
    const recordedAt = previous > now ? previous : now;
    const written = events.map((event, index) => ({
      ...event,
      stream,
      revision: expectedRevision + index + 1,
      position: positionText(log.length + index + 1),
      recordedAt,
    }));
    log.push(...written);
    const stored = streams.get(stream);
    if (stored) stored.push(...written);
    else streams.set(stream, written);
  };

  const append = (asked: StreamAppend): AppendOutcome => {
    const encoding = encodeAppend(asked);
    if (!encoding.storable) return { outcome: 'refused', reason: encoding.reason };
    const { stream, expectedRevision, events } = encoding.append;
    const stored = of(stream);
    const revision = expectedRevision + events.length;
    if (stored.length === expectedRevision) {
      if (events.length > 0) write(encoding.append);
      return { outcome: 'appended', revision, position: head() };
    }
    const same = events.filter((event, index) => stored[expectedRevision + index]?.id === event.id).length;
    if (same === 0) return { outcome: 'conflict', actualRevision: stored.length };
    if (same < events.length) return { outcome: 'refused', reason: 'Only some of the event ids are stored.' };
    return { outcome: 'appended', revision, position: (stored[revision - 1] as Row).position };
  };

  return { log, streams, of, head, append };
};

const page = (
  rows: readonly Row[],
  { direction = 'forward', from, limit = Number.POSITIVE_INFINITY }: ReadStreamOptions = {},
): readonly Row[] => {
  if (direction === 'forward') return rows.slice(from ?? 0, (from ?? 0) + limit);
  return rows
    .slice(0, from ?? rows.length)
    .reverse()
    .slice(0, limit);
};

/** Parsed anew for each reader: whoever changes what was read changes only a copy. */
const recorded = ({ data, meta, ...row }: Row): RecordedEvent => ({ ...row, data: JSON.parse(data), meta: JSON.parse(meta) });
