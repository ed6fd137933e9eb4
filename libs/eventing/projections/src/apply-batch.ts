import type { RecordedEvent } from '@stockproof/event-store';
import type { Database, Statement } from '@stockproof/sql';
import { advance, placeOf, type Place } from './checkpoints';
import type { Projection } from './projection';
import type { ViewSchemas } from './view-table';

/** Where a batch is applied, and between which places. */
export type Batch = {
  readonly schemas: ViewSchemas;
  readonly building: boolean;
  readonly logId: string;
  readonly from: Place;
  /** Never empty. */
  readonly events: readonly RecordedEvent[];
};

/** An event that a view can never take in. */
export type Failure = { readonly event: RecordedEvent; readonly error: string };

/** The projection itself threw: it does so again whenever it sees these events. */
export class ProjectionThrew extends Error {
  override readonly name = 'ProjectionThrew';
}

/** SQLSTATEs that speak of the server's state and not of the statement: connections, lost races, resources, operators, its insides. */
const passingState = /^(08|40|53|55|57|58|XX000)/;
const sqlState = /^[0-9A-DF-Z][0-9A-Z]{4}$/;

/** Whether the same statements may succeed later. What is neither the projection's nor SQL's is the connection's, and passes. */
export const mayPass = (error: unknown): boolean => {
  if (error instanceof ProjectionThrew || error instanceof TypeError || error instanceof RangeError) return false;
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code !== 'string' || !sqlState.test(code) || passingState.test(code);
};

const projected = ({ project }: Projection, events: readonly RecordedEvent[]): readonly Statement[] => {
  try {
    return project(events);
  } catch (error) {
    throw new ProjectionThrew(error instanceof Error ? error.message : String(error), { cause: error });
  }
};

const statementsOf = (projection: Projection, { events, schemas }: Batch): readonly Statement[] => {
  const handled = projection.handles === 'every' ? null : new Set(projection.handles);
  const relevant = handled === null ? events : events.filter(({ type }) => handled.has(type));
  const statements = relevant.length > 0 ? projected(projection, relevant) : [];
  // A schema's name in a statement would write into the living view while it is built anew.
  if (statements.some(({ text }) => text.includes(`${schemas.derived}.`)))
    throw new ProjectionThrew(`${projection.name} names the schema ${schemas.derived}; tables must stand without it`);
  return statements;
};

/** All views of one place take in a batch: their statements and their checkpoints in one transaction. Answers the new place. */
export const applyTogether = async (worker: Database, projections: readonly Projection[], batch: Batch): Promise<Place> => {
  const to = placeOf(batch.events.at(-1)!);
  const statements = projections.flatMap((projection) => statementsOf(projection, batch));
  await worker.transaction(async (tx) => {
    await advance(tx, projections, { ...batch, to });
    for (const statement of statements) await tx.query(statement);
  });
  return to;
};

/** One view takes in as much of a batch as it can: all, or everything before the first event that fails for good. */
export const applyAlone = async (
  worker: Database,
  projection: Projection,
  batch: Batch,
): Promise<{ readonly place: Place; readonly failure: Failure | null }> => {
  try {
    return { place: await applyTogether(worker, [projection], batch), failure: null };
  } catch (error) {
    if (mayPass(error)) throw error;
    const [event] = batch.events;
    if (batch.events.length === 1 && event)
      return { place: batch.from, failure: { event, error: error instanceof Error ? error.message : String(error) } };
  }
  const half = Math.ceil(batch.events.length / 2);
  const first = await applyAlone(worker, projection, { ...batch, events: batch.events.slice(0, half) });
  if (first.failure) return first;
  return applyAlone(worker, projection, { ...batch, from: first.place, events: batch.events.slice(half) });
};
