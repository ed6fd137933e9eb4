import type { AppendOutcome, EncodedAppend } from '@stockproof/event-store';
import { DatabaseError, type Pool } from 'pg';
import { untilConnected, type PostgresEventStoreOptions } from './connections';
import { positionText } from './positions';

type Answer = { readonly head: number; readonly moved: readonly number[] | null; readonly same: readonly number[] | null };

const text = 'select head, moved, same from append_events($1, $2, $3, $4, $5, $6, $7, $8, $9)';

/** Sends batches of appends as single statements; a batch that the server cannot take is halved until the append to blame is alone. */
export const appendStatement = (pool: Pool, options: PostgresEventStoreOptions) => {
  const send = async (appends: readonly EncodedAppend[]): Promise<readonly AppendOutcome[]> => {
    try {
      // Sent again blindly after a lost connection: ids that are stored already are recognized.
      const { rows } = await untilConnected(() => pool.query<Answer>({ name: 'append', text, values: valuesOf(appends) }), options);
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

const valuesOf = (appends: readonly EncodedAppend[]): unknown[] => {
  const [ids, expected, counts]: [string[], number[], number[]] = [[], [], []];
  const [streams, places, types]: [number[], number[], string[]] = [[], [], []];
  const [eventIds, data, meta]: [string[], string[], string[]] = [[], [], []];
  for (const { stream, expectedRevision, events } of appends) {
    ids.push(stream);
    expected.push(expectedRevision);
    counts.push(events.length);
    for (const [index, event] of events.entries()) {
      streams.push(ids.length);
      places.push(index + 1);
      types.push(event.type);
      eventIds.push(event.id);
      data.push(event.data);
      meta.push(event.meta);
    }
  }
  return [ids, expected, counts, streams, places, types, eventIds, data, meta];
};

const outcomesOf = (appends: readonly EncodedAppend[], { head, moved, same }: Answer): readonly AppendOutcome[] => {
  const position = positionText(head);
  return appends.map(({ expectedRevision, events }, index) => {
    const stoodAt = moved ? (moved[index] as number) : expectedRevision;
    const stored = same?.[index] ?? 0;
    const revision = expectedRevision + events.length;
    if (stoodAt === expectedRevision || (stored > 0 && stored === events.length)) return { outcome: 'appended', revision, position };
    if (stored > 0) return { outcome: 'refused', reason: 'Only some of the event ids are stored.' };
    return { outcome: 'conflict', actualRevision: stoodAt };
  });
};
