import { jsonEvent, MaxAppendSizeExceededError, NO_STREAM, WrongExpectedVersionError, type AppendResult } from '@eventstore/db-client';
import { startOfLog, type AppendOutcome, type EventStore, type NewEvent, type StreamAppend } from '@stockproof/event-store';
import { untilAnswered, within } from './answers';
import type { EventStoreDbLog } from './eventstoredb-log';
import { positionText } from './positions';

type ReadStream = EventStore['readStream'];

/**
 * One append, by the server's batched path: appends that are asked one after the other are sent in that order over one call, without
 * waiting for each other's answers. Only while the client has no such call yet they go one by one: those that find it being opened
 * would overtake the one that opens it.
 */
export const appending = (log: EventStoreDbLog, readStream: ReadStream, answerWithinMs: number) => {
  let isOpen = false;
  let opening: Promise<unknown> = Promise.resolve();
  const write = async (append: StreamAppend): Promise<AppendOutcome> => {
    try {
      const outcome = await written(log, readStream, { append, answerWithinMs });
      isOpen = true;
      return outcome;
    } catch (error) {
      isOpen = false;
      throw error;
    }
  };
  return (append: StreamAppend): Promise<AppendOutcome> => {
    if (append.events.length === 0) return checked(readStream, append);
    if (isOpen) return write(append);
    const next = opening.then(() => write(append));
    opening = next.catch(() => undefined);
    return next;
  };
};

/**
 * The server takes an append without events at any revision below the head for a repeat: it would notice nothing. The last event, read
 * of the leader, tells.
 */
const checked = async (readStream: ReadStream, { stream, expectedRevision }: StreamAppend): Promise<AppendOutcome> => {
  const [last] = await readStream(stream, { direction: 'backward', limit: 1 });
  const revision = last?.revision ?? 0;
  return revision === expectedRevision
    ? { outcome: 'appended', revision, position: last?.position ?? startOfLog }
    : { outcome: 'conflict', actualRevision: revision };
};

type Writing = { readonly append: StreamAppend; readonly answerWithinMs: number };

const written = async (
  { client, nameThere }: EventStoreDbLog,
  readStream: ReadStream,
  { append, answerWithinMs }: Writing,
): Promise<AppendOutcome> => {
  const { stream, expectedRevision, events } = append;
  const ask = () =>
    client.appendToStream(nameThere(stream), events.map(eventData), {
      expectedRevision: expectedRevision === 0 ? NO_STREAM : BigInt(expectedRevision - 1),
      deadline: answerWithinMs,
    });
  try {
    const result = await untilAnswered(() => within(ask(), answerWithinMs, `append to ${stream}`), answerWithinMs);
    const revision = expectedRevision + events.length;
    return { outcome: 'appended', revision, position: positionOf(result) ?? (await positionAt(readStream, stream, revision)) };
  } catch (error) {
    if (error instanceof MaxAppendSizeExceededError) return { outcome: 'refused', reason: error.message };
    if (error instanceof WrongExpectedVersionError) return notAtThisRevision(readStream, append);
    throw error;
  }
};

const eventData = ({ id, type, data, meta }: NewEvent) => jsonEvent({ id, type, data, metadata: meta });

/** A repeat may be answered without its place. */
const positionOf = ({ position }: AppendResult): string | null => (position && position.commit > 0n ? positionText(position) : null);

const positionAt = async (readStream: ReadStream, stream: string, revision: number): Promise<string> =>
  (await readStream(stream, { from: revision - 1, limit: 1 }))[0]?.position ?? startOfLog;

/** The server knows its own repeats; what it calls a conflict is told apart here, as every adapter does. */
const notAtThisRevision = async (readStream: ReadStream, { stream, expectedRevision, events }: StreamAppend): Promise<AppendOutcome> => {
  const [stored, last] = await Promise.all([
    readStream(stream, { from: expectedRevision, limit: events.length }),
    readStream(stream, { direction: 'backward', limit: 1 }),
  ]);
  const same = events.filter(({ id }, index) => stored[index]?.id === id).length;
  if (same === 0) return { outcome: 'conflict', actualRevision: last[0]?.revision ?? 0 };
  if (same < events.length) return { outcome: 'refused', reason: 'Only some of the event ids are stored.' };
  return { outcome: 'appended', revision: expectedRevision + events.length, position: stored.at(-1)?.position ?? startOfLog };
};
