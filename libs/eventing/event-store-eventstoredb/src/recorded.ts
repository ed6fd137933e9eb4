import type { ResolvedEvent } from '@eventstore/db-client';
import type { EventMeta, RecordedEvent } from '@stockproof/event-store';
import type { JsonObject } from '@stockproof/decider';
import type { EventStoreDbLog } from './eventstoredb-log';
import { positionText, type AllPosition } from './positions';

export type StoredEvent = NonNullable<ResolvedEvent['event']>;

/** An event as the server has it, in the port's words. */
export const recorded = ({ nameHere }: EventStoreDbLog, event: StoredEvent): RecordedEvent => ({
  id: event.id,
  type: event.type,
  data: event.data as JsonObject,
  meta: event.metadata as EventMeta,
  stream: nameHere(event.streamId),
  revision: Number(event.revision) + 1,
  position: positionText(placeOf(event)),
  recordedAt: event.created.toISOString(),
});

export const placeOf = ({ position, id }: StoredEvent): AllPosition => {
  if (!position) throw new Error(`The server says no position of event ${id}.`);
  return position;
};

/** Whether an event belongs to the log; links and the server's own events never do. */
export const isOwn = ({ prefix }: EventStoreDbLog, event: StoredEvent | undefined): event is StoredEvent =>
  event !== undefined && event.streamId.startsWith(prefix) && !event.streamId.startsWith('$');
