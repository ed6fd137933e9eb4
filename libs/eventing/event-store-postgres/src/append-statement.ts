import type { AppendOutcome, EncodedAppend } from '@stockproof/event-store';
import { DatabaseError } from 'pg';
import { int4Array, int8Array, jsonArray, textArray, uuidArray } from './binary-arrays';
import { untilConnected, type LastingConnection, type PostgresEventStoreOptions } from './connections';
import { positionText } from './positions';

type Answer = { readonly head: number; readonly moved: readonly number[] | null; readonly same: readonly number[] | null };

const text = 'select head, moved, same from append_events($1, $2, $3, $4, $5, $6, $7, $8, $9)';

/** Sends batches of appends as single statements; a batch that the server cannot take is halved until the append to blame is alone. */
export const appendStatement = (connection: LastingConnection, options: PostgresEventStoreOptions) => {
  const send = async (appends: readonly EncodedAppend[]): Promise<readonly AppendOutcome[]> => {
    try {
      // Sent again blindly after a lost connection: ids that are stored already are recognized.
      const { rows } = await untilConnected(() => connection.query<Answer>({ name: 'append', text, values: valuesOf(appends) }), options);
      return outcomesOf(appends, rows[0] as Answer);
    } catch (error) {
      if (!isPoisoned(error)) throw error;
      if (appends.length === 1) return [{ outcome: 'refused', reason: `The database cannot keep it: ${error.message}` }];
      const half = appends.length >> 1;
      return [...(await send(appends.slice(0, half))), ...(await send(appends.slice(half)))];
    }
  };
  return send;
};

/** Data that Postgres cannot keep, or that is too much for one of its limits: the fault of an append, not of the moment. */
const isPoisoned = (error: unknown): error is DatabaseError =>
  error instanceof DatabaseError && error.code !== undefined && (error.code.startsWith('22') || error.code.startsWith('54'));

const valuesOf = (appends: readonly EncodedAppend[]): Buffer[] => {
  const events = appends.flatMap((append) => append.events);
  const places = appends.flatMap(({ events: own }, index) => own.map((_, place) => [index + 1, place + 1] as const));
  return [
    textArray(appends.map(({ stream }) => stream)),
    int8Array(appends.map(({ expectedRevision }) => expectedRevision)),
    int4Array(appends.map((append) => append.events.length)),
    int4Array(places.map(([stream]) => stream)),
    int4Array(places.map(([, place]) => place)),
    textArray(events.map(({ type }) => type)),
    uuidArray(events.map(({ id }) => id)),
    jsonArray(events.map(({ data }) => data)),
    jsonArray(events.map(({ meta }) => meta)),
  ];
};

const outcomesOf = (appends: readonly EncodedAppend[], { head, moved, same }: Answer): readonly AppendOutcome[] => {
  const stoodAt = (index: number): number => moved?.[index] ?? (appends[index] as EncodedAppend).expectedRevision;
  const isWritten = ({ expectedRevision }: EncodedAppend, index: number): boolean => stoodAt(index) === expectedRevision;
  // What was written are the last events of the log, in the order given.
  let last = head - appends.reduce((sum, each, index) => sum + (isWritten(each, index) ? each.events.length : 0), 0);
  return appends.map((append, index) => {
    const stored = same?.[index] ?? 0;
    const revision = append.expectedRevision + append.events.length;
    if (isWritten(append, index)) return { outcome: 'appended', revision, position: positionText((last += append.events.length)) };
    if (stored === 0) return { outcome: 'conflict', actualRevision: stoodAt(index) };
    if (stored < append.events.length) return { outcome: 'refused', reason: 'Only some of the event ids are stored.' };
    return { outcome: 'appended', revision, position: positionText(last) };
  });
};
